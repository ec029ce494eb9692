import { setTimeout as pause } from 'node:timers/promises';
import { demoDirectory } from '#directory';
import type { TestOffice } from '../../libs/workflow/src/testing';

const quietWithinSeconds = 180;

/** Waits until nothing is on its way any more and no job waits or runs. */
export async function quiet(office: TestOffice): Promise<void> {
  const deadline = Date.now() + quietWithinSeconds * 1000;
  for (;;) {
    // Never ahead of the database's own clock, by which jobs wait; what has no job is looked for by this one.
    office.clock.advance(Math.max(0, Date.now() - office.clock.now().getTime()));
    const [waiting] = await office.database.ownerDataSource.query<Record<string, number>[]>(`SELECT
      (SELECT count(*)::integer FROM workflow.delivery WHERE consigned_at IS NULL AND state <> 'NON_DELIVERED'
         AND take_back NOT IN ('13', '15') AND withdrawal NOT IN ('RECALLED', 'REPLACED')) AS deliveries,
      (SELECT count(*)::integer FROM workflow.evidence_return WHERE state = 'QUEUED') AS returns,
      (SELECT count(*)::integer FROM pgboss.job
        WHERE name IN ('exchange.deliver', 'exchange.return', 'incoming.stamp')
          AND state IN ('created', 'retry', 'active')) AS jobs`);
    if (Object.values(waiting ?? { none: 1 }).every((count) => count === 0)) return;
    if (Date.now() > deadline)
      throw new Error(`not quiet within ${quietWithinSeconds} s: ${JSON.stringify(waiting)}`);
    await pause(200);
  }
}

/** Sends every dead letter again, until none is left: the weather has to be fair. */
export async function resendEverything(office: TestOffice): Promise<void> {
  for (let rounds = 0; rounds < 10; rounds += 1) {
    await quiet(office);
    const letters = await office.database.ownerDataSource.query<{ id: string; agency_id: string }[]>(
      'SELECT id, agency_id FROM workflow.dead_letter WHERE resolved_at IS NULL',
    );
    if (letters.length === 0) return;
    for (const { id, agency_id } of letters) {
      const agency = demoDirectory.agencies.find((each) => each.id === agency_id)?.key ?? agency_id;
      await office.as(`vanthu.${agency}`).post(`/dead-letters/${id}/resend`).expect(200);
    }
  }
  throw new Error('dead letters come again in fair weather');
}
