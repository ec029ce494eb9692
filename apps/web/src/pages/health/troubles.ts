import type { TFunction } from 'i18next';

import type { NodeHealth } from '../../api/types';
import { moment } from '../../formats/moments';

/** A backup that is older than this is a trouble, milliseconds. */
const backupEvery = 26 * 3_600_000;

/** What somebody has to see to, each in a sentence that says what to do. */
export function troublesOf(t: TFunction, health: NodeHealth): readonly string[] {
  const { tsa, crls, lastBackup, queues } = health;
  const stale = crls.filter(({ state }) => state === 'stale').length;
  const dead = queues.reduce((sum, queue) => sum + queue.dead, 0);
  return [
    ...(tsa.state === 'down' ? [t('health.trouble.tsaDown')] : []),
    ...(tsa.state === 'none' ? [t('health.trouble.tsaNone')] : []),
    ...(stale > 0 ? [t('health.trouble.crls', { count: stale })] : []),
    ...(dead > 0 ? [t('health.trouble.dead', { count: dead })] : []),
    ...backupTrouble(t, health.at, lastBackup),
  ];
}

function backupTrouble(t: TFunction, at: string, last: string | null): readonly string[] {
  if (last === null) return [t('health.trouble.noBackup')];
  if (Date.parse(at) - Date.parse(last) < backupEvery) return [];
  return [t('health.trouble.oldBackup', { moment: moment(last) })];
}
