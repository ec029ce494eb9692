import fc from 'fast-check';
import { errorCodeOf } from '../testing/error-code';
import {
  certificatePolicies,
  generalName,
  inhibitAnyPolicy,
  nameConstraints,
  policyConstraints,
  policyMappings,
} from '../testing/test-extensions';
import { derIa5String, derOid, derSequence } from '../der/writer';
import { readNameConstraints } from './name-constraints';
import {
  readCertificatePolicies,
  readInhibitAnyPolicy,
  readPolicyConstraints,
  readPolicyMappings,
} from './policies';

const { dns, ip } = generalName;

/** A policy with the qualifiers that authorities write: an address and a notice. */
const qualified = derSequence(
  derSequence(
    derOid('1.2.3'),
    derSequence(
      derSequence(derOid('1.3.6.1.5.5.7.2.1'), derIa5String('http://example.vn/cps')),
      derSequence(derOid('1.3.6.1.5.5.7.2.2'), derSequence()),
    ),
  ),
);

describe('extensions that constrain paths', () => {
  it('show what stands in them', () => {
    expect(readCertificatePolicies(certificatePolicies('1.2.3', '2.5.29.32.0').value)).toEqual([
      '1.2.3',
      '2.5.29.32.0',
    ]);
    expect(readCertificatePolicies(qualified)).toEqual(['1.2.3']);
    expect(readPolicyMappings(policyMappings(['1.2.3', '1.2.4']).value)).toEqual([
      { issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' },
    ]);
    expect(
      readPolicyConstraints(policyConstraints({ requireExplicit: 0, inhibitMapping: 300 }).value),
    ).toEqual({
      requireExplicitPolicy: 0,
      inhibitPolicyMapping: 300,
    });
    expect(readPolicyConstraints(policyConstraints({ inhibitMapping: 1 }).value)).toEqual({
      requireExplicitPolicy: undefined,
      inhibitPolicyMapping: 1,
    });
    expect(readInhibitAnyPolicy(inhibitAnyPolicy(2).value)).toBe(2);
    const { value } = nameConstraints({ permitted: [dns('a.vn')], excluded: [ip(1, 2, 3, 4, 255, 0, 0, 0)] });
    expect(readNameConstraints(value)).toEqual({
      permitted: [{ kind: 'dns', text: 'a.vn' }],
      excluded: [{ kind: 'ip', octets: Uint8Array.of(1, 2, 3, 4, 255, 0, 0, 0) }],
    });
  });

  const readers: readonly (readonly [string, Uint8Array, (value: Uint8Array) => unknown])[] = [
    ['certificatePolicies', qualified, readCertificatePolicies],
    ['policyMappings', policyMappings(['1.2.3', '1.2.4']).value, readPolicyMappings],
    ['policyConstraints', policyConstraints({ requireExplicit: 1 }).value, readPolicyConstraints],
    ['inhibitAnyPolicy', inhibitAnyPolicy(1).value, readInhibitAnyPolicy],
    ['nameConstraints', nameConstraints({ permitted: [dns('a.vn')] }).value, readNameConstraints],
  ];

  it.each(readers)('named %s, changed or cut anywhere, are read or refused by code', (_, value, read) => {
    fc.assert(
      fc.property(
        fc.nat({ max: value.length - 1 }),
        fc.nat({ max: 255 }),
        fc.boolean(),
        (at, byte, isCut) => {
          const changed = isCut ? value.slice(0, at) : value.slice();
          if (!isCut) changed[at] = byte;
          expect(errorCodeOf(() => read(changed))).toMatch(/^(DER_.*|no error)$/);
        },
      ),
      { numRuns: 500 },
    );
    expect(errorCodeOf(() => read(Uint8Array.from([...value, 0])))).toBe('DER_MALFORMED');
  });
});
