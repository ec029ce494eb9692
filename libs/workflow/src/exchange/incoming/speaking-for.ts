import { WorkflowError } from '../../errors';
import type { ExchangeAgencies } from '../agencies/exchange-agencies';
import type { EvidenceDetails } from '../evidence/evidence';
import type { IncomingRow } from './incoming-access';

/**
 * What the own statements about a message say of the agency that makes them, where the message was meant for one that
 * it succeeded.
 *
 * @throws WorkflowError AGENCY_ENDED
 */
export async function speakingFor(
  agencies: ExchangeAgencies,
  row: IncomingRow,
): Promise<Pick<EvidenceDetails, 'successor'>> {
  if (row.meant_for === null) return {};
  const agency = await agencies.inForceById(row.agency_id);
  if (agency === undefined) throw new WorkflowError('AGENCY_ENDED');
  return { successor: { code: agency.code, name: agency.name } };
}
