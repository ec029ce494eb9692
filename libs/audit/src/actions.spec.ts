import { auditActions, isAuditAction } from './actions';

describe('the actions of the trail', () => {
  it('are sorted, each once, and named subject.event', () => {
    expect([...auditActions]).toEqual([...new Set(auditActions)].sort());
    for (const action of auditActions) expect(action).toMatch(/^[a-z-]+\.[a-z_]+$/);
  });

  it('are a closed set', () => {
    expect(isAuditAction('document.read')).toBe(true);
    expect(isAuditAction('document.burnt')).toBe(false);
    expect(isAuditAction('toString')).toBe(false);
  });
});
