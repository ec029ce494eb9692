import { demoPassword, demoPin } from '#directory';
import type { Office } from './main-job';
import { SealpostClient } from './sealpost-client';

/** Logs a demo person in, e.g. `vanthu.tinhuy`. */
export async function loginAs(origin: string, loginName: string): Promise<SealpostClient> {
  const client = new SealpostClient(origin);
  await client.login(loginName, demoPassword);
  return client;
}

/** The people of a demo agency who carry a document out: drafter, leader and clerk. */
export async function demoOffice(origin: string, agencyKey: string, leader = 'lanhdao'): Promise<Office> {
  const [drafter, leading, clerk] = await Promise.all(
    ['chuyenvien', leader, 'vanthu'].map((post) => loginAs(origin, `${post}.${agencyKey}`)),
  );
  if (!drafter || !leading || !clerk) throw new Error(`not everybody of ${agencyKey} could log in`);
  return { drafter, leader: leading, leaderPin: demoPin, clerk, agencyPin: demoPin };
}
