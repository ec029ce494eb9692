import fc from 'fast-check';
import { onlyChild } from '../der/reader';
import { readDer } from '../der/element';
import { derExplicit } from '../der/writer';
import { oids } from '../oids';
import { generalName } from '../testing/test-extensions';
import { readGeneralName } from './general-name';
import { subjectName, subtreeUnder } from './subtrees';
import { hostName, dnsName, isUnderDomain } from './host-name';
import { ipRange, isInRange } from './ip-range';
import { mailbox } from './mailbox';
import { uriHost } from './uri-host';

const read = (der: Uint8Array): ReturnType<typeof readGeneralName> =>
  readGeneralName(onlyChild(readDer(derExplicit(0, der))));

/** How a name stands to a subtree: inside of it, touching it, or outside. */
function stands(name: Uint8Array, base: Uint8Array): string {
  const subtree = subtreeUnder(read(base));
  if (!subtree) return 'malformed base';
  const subject = subjectName(read(name));
  if ('unreadable' in subject) return 'malformed name';
  return subtree.covers(subject) ? 'inside' : subtree.touches(subject) ? 'touches' : 'outside';
}

describe('subtrees of names', () => {
  const { dns, email, uri, ip, directory, registeredId, other } = generalName;

  it.each([
    ['host.example.vn', 'example.vn', 'inside'],
    ['EXAMPLE.vn', 'example.VN', 'inside'],
    ['notexample.vn', 'example.vn', 'outside'],
    ['example.vn', 'host.example.vn', 'outside'],
    ['a.b.example.vn', '', 'inside'],
    ['*.example.vn', 'example.vn', 'inside'],
    ['*.example.vn', 'host.example.vn', 'touches'],
    ['*.example.vn', 'host.other.vn', 'outside'],
    ['xn--vit-8va.example.vn', 'xn--VIT-8va.example.vn', 'inside'],
    ['example.vn', '.example.vn', 'malformed base'],
    ['example.vn', '*.example.vn', 'malformed base'],
    ['example.vn', 'example.vn.', 'malformed base'],
    ['example.vn.', 'example.vn', 'malformed name'],
    ['.example.vn', 'example.vn', 'malformed name'],
    ['10.0.0.1', 'example.vn', 'malformed name'],
    ['*', 'example.vn', 'malformed name'],
    ['a.*.example.vn', 'example.vn', 'malformed name'],
    ['a b.example.vn', 'example.vn', 'malformed name'],
  ])('dNSName %s under "%s": %s', (name, base, expected) => {
    expect(stands(dns(name), dns(base))).toBe(expected);
  });

  it.each([
    ['a@example.vn', 'a@example.vn', 'inside'],
    ['a@EXAMPLE.vn', 'a@example.vn', 'inside'],
    ['A@example.vn', 'a@example.vn', 'touches'],
    ['"a"@example.vn', 'a@example.vn', 'inside'],
    ['"x@y"@example.vn', 'example.vn', 'inside'],
    ['a@example.vn', 'example.vn', 'inside'],
    ['a@host.example.vn', 'example.vn', 'outside'],
    ['a@host.example.vn', '.example.vn', 'inside'],
    ['a@example.vn', '.example.vn', 'outside'],
    ['a@notexample.vn', '.example.vn', 'outside'],
    ['*@example.vn', '*@example.vn', 'inside'],
    ['b@example.vn', '*@example.vn', 'outside'],
    ['a@example.vn', '', 'inside'],
    ['a@example.vn', 'b@c@example.vn', 'malformed base'],
    ['a@b@example.vn', 'example.vn', 'malformed name'],
    ['example.vn', 'example.vn', 'malformed name'],
    ['a@[10.0.0.1]', 'example.vn', 'malformed name'],
  ])('rfc822Name %s under "%s": %s', (name, base, expected) => {
    expect(stands(email(name), email(base))).toBe(expected);
  });

  it('hold for addresses beyond ASCII as for others', () => {
    const address = other(oids.smtpUtf8Mailbox, 'văn.thư@example.vn');
    expect(stands(address, email('example.vn'))).toBe('inside');
    expect(stands(address, email('other.vn'))).toBe('outside');
    expect(stands(other(oids.smtpUtf8Mailbox, 'no address'), email('other.vn'))).toBe('malformed name');
    expect(subjectName(read(other('1.2.3', 'x')))).toEqual({ form: 'other', unreadable: true });
  });

  it.each([
    ['https://host.example.vn/a?b#c', 'host.example.vn', 'inside'],
    ['https://host.example.vn:8443', 'host.example.vn', 'inside'],
    ['https://evil.vn\\@host.example.vn/', 'host.example.vn', 'malformed name'],
    ['https://evil.vn @host.example.vn/', 'host.example.vn', 'malformed name'],
    ['ldap://HOST.example.vn', 'host.example.vn', 'inside'],
    ['https://a.host.example.vn/', 'host.example.vn', 'outside'],
    ['https://a.host.example.vn/', '.example.vn', 'inside'],
    ['https://example.vn/', '.example.vn', 'outside'],
    ['https://good.vn@evil.vn/', 'good.vn', 'outside'],
    ['https://evil.vn\\.good.vn/', 'good.vn', 'malformed name'],
    ['https://10.0.0.1/', 'example.vn', 'malformed name'],
    ['https://[::1]/', 'example.vn', 'malformed name'],
    ['urn:oid:1.2.3', 'example.vn', 'malformed name'],
    ['https://example.vn/', 'https://example.vn/', 'malformed base'],
  ])('URI %s under "%s": %s', (name, base, expected) => {
    expect(stands(uri(name), uri(base))).toBe(expected);
  });

  it('of addresses hold by prefix, each version for itself', () => {
    const range = ip(10, 1, 0, 0, 255, 255, 0, 0);
    expect(stands(ip(10, 1, 2, 3), range)).toBe('inside');
    expect(stands(ip(10, 2, 2, 3), range)).toBe('outside');
    expect(stands(ip(...new Array<number>(16).fill(10)), range)).toBe('outside');
    expect(stands(ip(10, 1, 0, 0, 255, 255, 0, 0), range)).toBe('malformed name');
    expect(stands(ip(10, 1, 2, 3), ip(10, 1, 2, 3))).toBe('malformed base');
    expect(stands(ip(10, 1, 2, 3), ip(10, 1, 0, 0, 255, 0, 255, 0))).toBe('malformed base');
    const all = new Array<number>(32).fill(0);
    expect(stands(ip(...new Array<number>(16).fill(9)), ip(...all))).toBe('inside');
  });

  it('of directory names hold for what begins as they do', () => {
    const base = directory([oids.countryName, 'VN'], [oids.organizationName, 'Bộ A']);
    const below = directory(
      [oids.countryName, 'VN'],
      [oids.organizationName, 'bộ  a'],
      [oids.commonName, 'x'],
    );
    expect(stands(below, base)).toBe('inside');
    expect(stands(base, below)).toBe('outside');
    expect(stands(below, directory())).toBe('inside');
    expect(stands(directory([oids.countryName, 'VN']), directory([oids.organizationName, 'VN']))).toBe(
      'outside',
    );
  });

  it('of other forms hold nothing', () => {
    expect(subtreeUnder(read(registeredId('1.2.3')))?.form).toBe('registeredId');
    expect(subtreeUnder(read(other('1.2.3', 'x')))?.form).toBe('other');
  });
});

describe('any name', () => {
  const label = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const host = fc
    .tuple(fc.array(label, { maxLength: 3 }), fc.stringMatching(/^[a-z]{2,6}$/))
    .map(([labels, last]) => [...labels, last].join('.'));

  it('of a host is under each of its own ends at dots, and under no other', () => {
    fc.assert(
      fc.property(host, host, fc.boolean(), (name, other, isUpper) => {
        expect(hostName(isUpper ? name.toUpperCase() : name)).toBe(name);
        const ends = name.split('.').map((_, index, labels) => labels.slice(index).join('.'));
        expect(ends.every((end) => isUnderDomain(name, end))).toBe(true);
        expect(isUnderDomain(name, other)).toBe(ends.includes(other));
        expect(isUnderDomain(`x${name}`, name)).toBe(false);
        expect(dnsName(`*.${name}`)).toBe(`*.${name}`);
      }),
    );
  });

  it('that is inside of a subtree also touches it, and a wildcard touches whatever one of its names is inside of', () => {
    fc.assert(
      fc.property(host, host, label, (name, base, first) => {
        const subtree = subtreeUnder({ kind: 'dns', text: base });
        const wildcard = subjectName({ kind: 'dns', text: `*.${name}` });
        const one = subjectName({ kind: 'dns', text: `${first}.${name}` });
        if (subtree?.covers(one) === true) expect(subtree.touches(wildcard)).toBe(true);
        if (subtree?.covers(wildcard) === true) expect(subtree.covers(one)).toBe(true);
      }),
    );
  });

  it('of a mailbox or URI comes apart where it was put together', () => {
    const local = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}$/);
    const userinfo = fc.stringMatching(/^[a-z0-9:.%-]{0,10}$/);
    fc.assert(
      fc.property(local, host, userinfo, fc.nat({ max: 65535 }), (box, name, user, port) => {
        expect(mailbox(`${box}@${name}`)).toMatchObject({ local: box, host: name });
        expect(uriHost(`https://${user}@${name}:${port}/@evil.vn`)).toBe(name);
      }),
    );
  });

  it('made of arbitrary text is read or refused, and never with a dot at an end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const found = [hostName(text), uriHost(text), mailbox(text)?.host].filter(
          (name) => name !== undefined,
        );
        expect(found.every((name) => /^[a-z0-9_][a-z0-9._-]*[a-z0-9_]$|^[a-z0-9_]$/.test(name))).toBe(true);
      }),
    );
  });

  it('of an address is in a range if and only if its prefix is', () => {
    const octets = fc.uint8Array({ minLength: 4, maxLength: 4 });
    const toNumber = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    fc.assert(
      fc.property(octets, octets, fc.integer({ min: 0, max: 32 }), (address, base, prefix) => {
        const mask = Uint8Array.from([0, 8, 16, 24], (shift) => {
          const ones = Math.min(8, Math.max(0, prefix - shift));
          return (0xff << (8 - ones)) & 0xff;
        });
        const range = ipRange(Uint8Array.from([...base, ...mask]));
        const size = 2 ** (32 - prefix);
        const expected = Math.floor(toNumber(address) / size) === Math.floor(toNumber(base) / size);
        expect(range && isInRange(address, range)).toBe(expected);
      }),
    );
  });

  it('has a mask of ones followed by zeros, or none is taken', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (mask) => {
        const bits = [...mask].map((octet) => octet.toString(2).padStart(8, '0')).join('');
        expect(ipRange(Uint8Array.from([0, 0, 0, 0, ...mask])) !== undefined).toBe(/^1*0*$/.test(bits));
      }),
    );
  });
});
