import { listOf, malformed, oneOf, recordOf } from '../statements/shape';

/** A delivery of an evidence file, its binary values decoded and nothing verified yet. */
export interface ReadDelivery {
  readonly recipient: string;
  readonly manifest: Uint8Array;
  readonly evidence: readonly Uint8Array[];
}

/** @throws ExchangeError MESSAGE_MALFORMED */
export function readChain(json: unknown): {
  readonly deliveries: readonly ReadDelivery[];
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
} {
  const record = recordOf(json, '$', [
    'format',
    'v',
    'document',
    'exportedAt',
    'deliveries',
    'certificates',
    'crls',
  ]);
  oneOf(record['format'], '$.format', ['sealpost.evidence-chain']);
  oneOf(record['v'], '$.v', [1]);
  return {
    deliveries: listOf(record['deliveries'], '$.deliveries', 100_000, (value, path) => {
      const delivery = recordOf(value, path, ['recipient', 'manifest', 'evidence']);
      return {
        recipient: String(delivery['recipient']),
        manifest: base64Of(delivery['manifest'], `${path}.manifest`),
        evidence: listOf(delivery['evidence'], `${path}.evidence`, 20, base64Of),
      };
    }),
    certificates: listOf(record['certificates'], '$.certificates', 1000, base64Of),
    crls: listOf(record['crls'], '$.crls', 1000, base64Of),
  };
}

function base64Of(value: unknown, path: string): Uint8Array {
  if (typeof value !== 'string') throw malformed(path, 'base64');
  try {
    return Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
  } catch {
    throw malformed(path, 'base64');
  }
}
