import { base64 } from '../../bytes-as-text';
import { ExchangeError } from '../exchange-error';
import { malformed, oneOf, recordOf } from '../statements/shape';

/** What travels beside the files: the signed manifest with its evidence of submission, or evidence alone. */
export type Envelope =
  | {
      readonly kind: 'document';
      /** CMS over the manifest. */
      readonly manifest: Uint8Array;
      /** CMS of evidence A.1. */
      readonly submission: Uint8Array;
    }
  | {
      readonly kind: 'evidence';
      /** CMS of evidence C.3 or C.4. */
      readonly evidence: Uint8Array;
    };

/** What the receiving side answers: its own statement about a document, or that evidence is kept. */
export type Answer =
  | {
      readonly outcome: 'consigned' | 'rejected';
      /** CMS of evidence D.1 or D.2. */
      readonly evidence: Uint8Array;
    }
  | { readonly outcome: 'recorded' };

/** An envelope holds statements only; the files went before it. */
export const MAX_ENVELOPE_BYTES = 1024 * 1024;

export function envelopeBytes(envelope: Envelope): Uint8Array {
  return encode(
    envelope.kind === 'document'
      ? {
          v: 1,
          kind: envelope.kind,
          manifest: base64(envelope.manifest),
          submission: base64(envelope.submission),
        }
      : { v: 1, kind: envelope.kind, evidence: base64(envelope.evidence) },
  );
}

/** @throws ExchangeError MESSAGE_MALFORMED, MESSAGE_TOO_LARGE */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  const value = decode(bytes);
  const kind = oneOf((value as { kind?: unknown } | null)?.kind, '$.kind', ['document', 'evidence'] as const);
  if (kind === 'document') {
    const record = recordOf(value, '$', ['v', 'kind', 'manifest', 'submission']);
    oneOf(record['v'], '$.v', [1]);
    return {
      kind,
      manifest: binary(record['manifest'], '$.manifest'),
      submission: binary(record['submission'], '$.submission'),
    };
  }
  const record = recordOf(value, '$', ['v', 'kind', 'evidence']);
  oneOf(record['v'], '$.v', [1]);
  return { kind, evidence: binary(record['evidence'], '$.evidence') };
}

export function answerBytes(answer: Answer): Uint8Array {
  return encode(
    answer.outcome === 'recorded'
      ? { v: 1, outcome: answer.outcome }
      : { v: 1, outcome: answer.outcome, evidence: base64(answer.evidence) },
  );
}

/** @throws ExchangeError MESSAGE_MALFORMED, MESSAGE_TOO_LARGE */
export function parseAnswer(bytes: Uint8Array): Answer {
  const record = recordOf(decode(bytes), '$', ['v', 'outcome'], ['evidence']);
  oneOf(record['v'], '$.v', [1]);
  const outcome = oneOf(record['outcome'], '$.outcome', ['consigned', 'rejected', 'recorded'] as const);
  return outcome === 'recorded'
    ? { outcome }
    : { outcome, evidence: binary(record['evidence'], '$.evidence') };
}

function encode(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function decode(bytes: Uint8Array): unknown {
  if (bytes.length > MAX_ENVELOPE_BYTES)
    throw new ExchangeError('MESSAGE_TOO_LARGE', `${bytes.length} bytes`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ExchangeError('MESSAGE_MALFORMED', 'not JSON', { cause });
  }
}

function binary(value: unknown, path: string): Uint8Array {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) throw malformed(path, 'base64');
  return new Uint8Array(Buffer.from(value, 'base64'));
}
