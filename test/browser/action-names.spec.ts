import { auditActions } from '#audit';
import { auditActions as namedActions } from '../../apps/web/src/pages/inspection/action-names';
import { en } from '../../apps/web/src/i18n/en';
import { vi } from '../../apps/web/src/i18n/vi';

describe('the actions of the trail on the page', () => {
  it('are those that the trail can say, no more and no fewer', () => {
    expect([...namedActions].sort()).toEqual([...auditActions]);
  });

  it.each([
    ['Vietnamese', vi.actions],
    ['English', en.actions],
  ])('each have a name of their own in %s', (_language, texts) => {
    const names = auditActions.map((action) => {
      const [subject = '', event = ''] = action.split('.');
      return (texts as Readonly<Record<string, Readonly<Record<string, string>>>>)[subject]?.[event];
    });
    for (const name of names) expect(name).toMatch(/^\p{Lu}.+/u);
    expect(new Set(names).size).toBe(auditActions.length);
  });
});
