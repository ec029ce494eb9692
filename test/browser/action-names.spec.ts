import { auditActions } from '#audit';
import { auditActions as namedActions } from '../../apps/web/src/pages/inspection/action-names';

type Names = Readonly<Record<string, Readonly<Record<string, string>>>>;

describe('the actions of the trail on the page', () => {
  it('are those that the trail can say, no more and no fewer', () => {
    expect([...namedActions].sort()).toEqual([...auditActions]);
  });

  it.each(['vi', 'en'])('each have a name of their own in the texts "%s"', async (language) => {
    const { actions } = (await import(`../../apps/web/src/i18n/${language}/actions`)) as { actions: Names };
    const names = auditActions.map((action) => {
      const [subject = '', event = ''] = action.split('.');
      return actions[subject]?.[event];
    });
    for (const name of names) expect(name).toMatch(/^\p{Lu}.+/u);
    expect(new Set(names).size).toBe(auditActions.length);
  });
});
