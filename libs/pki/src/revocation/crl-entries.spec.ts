import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { concatBytes, fromHex, toHex } from '../bytes';
import { encodeSignatureAlgorithm } from '../crypto/algorithms';
import {
  derBitString,
  derEnumerated,
  derExplicit,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTime,
} from '../der/writer';
import { encodeExtension } from '../issuing/issue-certificate';
import { oids } from '../oids';
import { errorCodeOf } from '../testing/error-code';
import { largeList } from '../testing/large-list';
import { certificateIssuer, issuingPoint } from '../testing/revocation-points';
import { testCrl, testHolder, testRoot } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import { parseCrl, verifyCrl } from './crl';
import type { CertificateList } from './crl';

const date = new Date('2026-06-01T00:00:00Z');

describe('entries of a revocation list', () => {
  let root: TestAuthority;

  beforeAll(async () => {
    root = await testRoot();
  });

  it.each([0, 1, 2, 5, 63, 1000])('of %d entries each is found, and nothing else', async (count) => {
    const serials = Array.from({ length: count }, (_, index) =>
      (index * 7 + 256).toString(16).padStart(4, '0'),
    );
    const crl = await testCrl(root, {
      entries: serials.map((serialNumber) => ({ serialNumber, revocationDate: date, reason: 'superseded' })),
    });
    expect(serials.filter((serial) => crl.entry(serial)?.serialNumber !== serial)).toEqual([]);
    for (const other of ['0000', '01', '0101', '7fff', '00000100']) expect(crl.entry(other)).toBeUndefined();
    expect(crl.hasUnknownCriticalEntry()).toBe(false);
  });

  it('of a certificate that is named twice the graver counts', async () => {
    const twice = await testCrl(root, {
      entries: [
        { serialNumber: '05', revocationDate: date, reason: 'certificateHold' },
        { serialNumber: '05', revocationDate: date, reason: 'keyCompromise' },
        { serialNumber: '05', revocationDate: date, reason: 'removeFromCRL' },
      ],
    });
    expect(twice.entry('05')?.reason).toBe('keyCompromise');
  });

  it('that are broken make the list unusable, wherever they are broken', async () => {
    const { der } = await testCrl(root, {
      entries: ['11223344', '55667788'].map((serialNumber) => ({
        serialNumber,
        revocationDate: date,
        reason: 'superseded',
      })),
    });
    const hex = toHex(der);
    const changed = (from: string, to: string): CertificateList => {
      expect(hex.split(from).length).toBeGreaterThan(1);
      return parseCrl(fromHex(hex.replace(from, to)));
    };
    // Another tag for the serial number, a serial with a needless zero, no time, extensions that run out of the entry.
    for (const [from, to] of [
      ['020455667788', '040455667788'],
      ['020455667788', '020400067788'],
      ['020455667788170d', '020455667788040d'],
      ['300a0603551d1504030a0104', '300b0603551d1504030a0104'],
      ['300a0603551d1504030a0104', '300a0603551d1502030a0104'],
    ] as const) {
      const crl = changed(from, to);
      expect(errorCodeOf(() => crl.entry('11223344'))).toBe('CRL_MALFORMED');
      expect(errorCodeOf(() => crl.hasUnknownCriticalEntry())).toBe('CRL_MALFORMED');
    }
  });

  it('that are well-formed DER but no entries make the list unusable', () => {
    const algorithm = encodeSignatureAlgorithm(root.key.algorithm);
    const listOf = (...entries: readonly Uint8Array[]): CertificateList =>
      parseCrl(
        derSequence(
          derSequence(
            derInteger(1),
            algorithm,
            root.certificate.subject.der,
            derTime(date),
            derSequence(...entries),
            derExplicit(0, derSequence(encodeExtension(issuingPoint({ indirect: true })))),
          ),
          algorithm,
          derBitString(Uint8Array.of(0)),
        ),
      );
    const [five, time] = [derInteger(5), derTime(date)];
    const reason = encodeExtension({ oid: oids.reasonCode, value: derEnumerated(4) });
    const issuer = certificateIssuer(root.certificate.subject);
    expect(listOf(derSequence(five, time, derSequence(reason))).entry('05')?.reason).toBe('superseded');
    // TRUE as BER may write it: critical, not overlooked.
    const loose = derSequence(derOid('1.2.3.4'), Uint8Array.of(1, 1, 1), derOctetString(derNull));
    expect(listOf(derSequence(five, time, derSequence(loose))).hasUnknownCriticalEntry()).toBe(true);
    for (const entry of [
      derSequence(Uint8Array.of(2, 0), time),
      derSequence(five),
      derSequence(five, five),
      derSequence(five, time, derSequence()),
      derSequence(five, time, derSequence(reason), derNull),
      derSequence(five, time, derSequence(derSequence())),
      derSequence(five, time, derSequence(derSequence(derOid(oids.reasonCode)))),
      derSequence(
        five,
        time,
        derSequence(derSequence(derOid(oids.reasonCode), derOctetString(five), derNull)),
      ),
      derSequence(
        five,
        time,
        derSequence(encodeExtension({ ...issuer, value: concatBytes([issuer.value, derNull]) })),
      ),
      derNull,
    ]) {
      // Asked about another certificate: the whole list is not to be trusted.
      expect([toHex(entry), errorCodeOf(() => listOf(entry).entry('06'))]).toEqual([
        toHex(entry),
        'CRL_MALFORMED',
      ]);
    }
  });

  it('whatever octet is changed, the list is read or refused, never anything else', async () => {
    const { der } = await testCrl(root, {
      extensions: [issuingPoint({ indirect: true })],
      entries: ['1122', '3344', '5566'].map((serialNumber, index) => ({
        serialNumber,
        revocationDate: date,
        reason: 'superseded',
        ...(index === 1 && { extensions: [certificateIssuer(root.certificate.subject)] }),
      })),
    });
    const outcomes = new Set<string>();
    for (let at = 0; at < der.length; at++) {
      for (const bit of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const forged = der.slice();
        forged[at]! ^= bit;
        outcomes.add(
          errorCodeOf(() => {
            const crl = parseCrl(forged);
            for (const serial of ['1122', '3344', '5566', '77']) crl.entry(serial);
          }),
        );
      }
    }
    expect([...outcomes].sort()).toEqual(['CRL_MALFORMED', 'no error']);
  });

  it('a list that is cut short or longer than it says is refused', async () => {
    const { der } = await testCrl(root);
    expect(errorCodeOf(() => parseCrl(der.subarray(0, -1)))).toBe('CRL_MALFORMED');
    expect(errorCodeOf(() => parseCrl(concatBytes([der, Uint8Array.of(0)])))).toBe('CRL_MALFORMED');
  });

  it('a list beyond the limit is refused before it is read', () => {
    expect(errorCodeOf(() => parseCrl(new Uint8Array(256 * 1024 * 1024 + 1)))).toBe('CRL_TOO_LARGE');
  });

  it('of a short list are ready at once: no turn of the event loop is waited for', async () => {
    const crl = await testCrl(root, {
      entries: [{ serialNumber: '05', revocationDate: new Date('2026-06-01T00:00:00Z') }],
    });
    const waits = jest.spyOn(globalThis, 'setTimeout');
    await crl.prepare();
    expect(waits).not.toHaveBeenCalled();
    waits.mockRestore();
    expect(crl.entry('05')).toBeDefined();
  });

  it('of a list of 20 MB take few octets each besides the list, and are found fast', async () => {
    const entries = 420_000;
    const { certificate } = await testHolder(root);
    const der = await largeList(root, { entries, listed: certificate });
    expect(der.length).toBeGreaterThan(20_000_000);

    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = (): number => {
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    let turns = 0;
    const other = setInterval(() => turns++, 1);
    const patient = parseCrl(der);
    await Promise.all([patient.prepare(), patient.prepare()]);
    clearInterval(other);
    // Other work had its turn meanwhile; and who asked in the middle would have been answered.
    expect(turns).toBeGreaterThan(3);
    expect(patient.entry(certificate.serialNumber)?.reason).toBe('superseded');

    const before = used();
    const crl = parseCrl(der);
    expect(await verifyCrl(crl, root.certificate)).toBe(true);
    expect(crl.entry(certificate.serialNumber)).toMatchObject({ reason: 'superseded', revocationDate: date });
    // An object or a string for each entry would take 100 octets and more.
    expect(used() - before).toBeLessThan(entries * 12);

    const started = performance.now();
    for (let i = 0; i < 10_000; i++) crl.entry((0x1000000 + i).toString(16).padStart(32, '4'));
    // Going through the list each time would take minutes.
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
