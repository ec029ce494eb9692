import type { PathInput } from '../path/validate-path';
import type { PathResult } from '../path/result';
import { validatePath } from '../path/validate-path';
import { times } from './test-pki';

/** Validates for document signing at `times.now`, without revocation, unless told otherwise. */
export function validateFor(
  input: Pick<PathInput, 'certificate' | 'anchors'> & Partial<PathInput>,
): Promise<PathResult> {
  return validatePath({
    intermediates: [],
    at: times.now,
    purpose: 'document-signing',
    crls: [],
    ocsps: [],
    revocation: 'if-available',
    ...input,
  });
}

export function codesOf({ failures }: PathResult): string[] {
  return failures.map((failure) => failure.code);
}
