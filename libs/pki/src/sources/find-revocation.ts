import type { PathInput } from '../path/validate-path';
import { validatePath } from '../path/validate-path';
import type { PathResult } from '../path/result';
import type { SourceContent } from './read-source';

/** Lists and answers from elsewhere, such as the network. Whether a certificate deserves a question is its own decision. */
export type FindRevocation = (
  question: Pick<PathInput, 'certificate' | 'intermediates' | 'purpose'>,
) => Promise<FoundRevocation>;

export type FoundRevocation = Pick<SourceContent, 'crls' | 'ocsps'>;

/**
 * `validatePath` with what is at hand, and once more with what `find` brings when only the revocation status of the
 * path was open. `found` is what it brought.
 */
export async function validatePathFinding(
  input: PathInput,
  find: FindRevocation | undefined,
): Promise<{ readonly result: PathResult; readonly found: FoundRevocation }> {
  const result = await validatePath(input);
  const isOpen = result.failures.some(({ code }) => code === 'REVOCATION_UNKNOWN');
  if (!find || !isOpen) return { result, found: { crls: [], ocsps: [] } };
  const { certificate, intermediates, purpose } = input;
  const found = await find({ certificate, intermediates, purpose });
  const crls = [...input.crls, ...found.crls];
  const ocsps = [...input.ocsps, ...found.ocsps];
  return { result: await validatePath({ ...input, crls, ocsps }), found };
}
