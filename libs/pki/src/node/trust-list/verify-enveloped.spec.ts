import { itWith, runOn } from '../../../../../test/support/outside-programs';
import { webCryptoSigner } from '../../crypto/signer';
import { toPem } from '../../pem';
import { asyncErrorCodeOf } from '../../testing/error-code';
import { testHolder, testRoot } from '../../testing/test-pki';
import type { TestAuthority, TestHolder } from '../../testing/test-pki';
import { signXml, svc, trustListXml } from '../../testing/trust-list-xml';
import type { TestXmlSignature } from '../../testing/trust-list-xml';
import { readTrustList } from './read-trust-list';
import type { TrustList } from './trust-list';

let ca: TestAuthority;
let publisher: TestHolder;
let pssPublisher: TestHolder;
let rsaPublisher: TestHolder;
let stranger: TestHolder;
let xml: string;
beforeAll(async () => {
  ca = await testRoot('A service');
  publisher = await testHolder(ca);
  pssPublisher = await testHolder(ca, { kind: 'RSA-2048' });
  const { certificate, keys } = pssPublisher;
  const algorithm = { name: 'RSA-PKCS1', hash: 'SHA-256' } as const;
  const signer = await webCryptoSigner({ pkcs8: keys.pkcs8, certificate, chain: [], algorithm });
  rsaPublisher = { certificate, keys, signer };
  stranger = await testHolder(ca);
  const since = '2026-02-01T00:00:00Z';
  xml = trustListXml({ services: [[{ since, certificates: [ca.certificate], status: svc.withdrawn }]] });
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, signer: TestHolder = publisher): Promise<TrustList> =>
  readTrustList(utf8(text), { signers: [stranger.certificate, signer.certificate] });
const codeOf = (text: string | Uint8Array): Promise<string> =>
  asyncErrorCodeOf(() =>
    readTrustList(typeof text === 'string' ? utf8(text) : text, { signers: [publisher.certificate] }),
  );
/** A change that changes nothing would prove nothing. */
const changing =
  (change: (text: string) => string) =>
  (text: string): string => {
    const changed = change(text);
    expect(changed).not.toBe(text);
    return changed;
  };
const signed = (given?: TestXmlSignature): Promise<string> => signXml(xml, publisher, given);

describe('a signature that holds', () => {
  it.each(['', '#list'] as const)('covers the list by the reference "%s"', async (uri) => {
    const list = await read(await signed({ uri }));
    expect([list.territory, list.services[0]?.provider]).toEqual(['VN', 'Tổ chức chứng thực']);
    expect(list.signer).toBe(publisher.certificate);
  });

  it('may cover XAdES properties as well, as in European lists', async () => {
    expect(
      (await read(await signed({ withProperties: 'with-properties', uri: '#list' }))).services,
    ).toHaveLength(1);
  });

  it('may be of RSA', async () => {
    for (const signer of [rsaPublisher, pssPublisher])
      expect((await read(await signXml(xml, signer), signer)).services).toHaveLength(1);
  });

  it('may come with other line ends, quotes, comments and declarations of names, which canonical form undoes', async () => {
    const other = (await signed())
      .replaceAll('\n', '\r\n')
      .replace('<NextUpdate>', '<NextUpdate xmlns:unused="urn:x" ><!-- soon -->')
      .replace('Svcstatus/withdrawn', 'Svcstatus/with<!-- not -->drawn')
      .replace('Id="list"', "Id='list'");
    expect((await read(other)).services[0]?.states[0]?.status).toBe(svc.withdrawn);
  });

  itWith('xmlsec1').each([
    ['ECDSA', (): TestHolder => publisher],
    ['RSA', (): TestHolder => rsaPublisher],
  ] as const)('by our hand holds for xmlsec1 too: %s', async (_, signer) => {
    const list = await signXml(xml, signer(), { uri: '#list', withProperties: 'with-properties' });
    const ids = [
      '--id-attr:Id',
      'http://uri.etsi.org/02231/v2#:TrustServiceStatusList',
      '--id-attr:Id',
      'http://uri.etsi.org/01903/v1.3.2#:SignedProperties',
    ];
    const args = ['--verify', ...ids, '--pubkey-cert-pem', 'signer.pem', 'list.xml'];
    const files = { 'list.xml': list, 'signer.pem': toPem(signer().certificate.der, 'CERTIFICATE') };
    expect(runOn('xmlsec1', args, files).output).toContain('OK');
    const altered = { ...files, 'list.xml': list.replace('withdrawn', 'granted') };
    expect(runOn('xmlsec1', args, altered).status).not.toBe(0);
  });

  itWith('xmlsec1')('by xmlsec1 holds for us', async () => {
    const template = (
      await signXml(xml.replace('<NextUpdate>', '<NextUpdate  xmlns:b="urn:b">'), rsaPublisher)
    ).replace(/(<ds:(DigestValue|SignatureValue)>)[^<]*/g, '$1');
    const files = { 'list.xml': template, 'key.pem': toPem(rsaPublisher.keys.pkcs8, 'PRIVATE KEY') };
    const { left } = runOn(
      'xmlsec1',
      ['--sign', '--privkey-pem', 'key.pem', '--output', 'out.xml', 'list.xml'],
      files,
    );
    expect((await read(new TextDecoder().decode(left.get('out.xml')), rsaPublisher)).services).toHaveLength(
      1,
    );
  });
});

describe('a list is not trusted', () => {
  it.each<[string, (text: string) => string]>([
    ['when a status is altered', (text) => text.replace('withdrawn', 'granted')],
    ['when a space is added', (text) => text.replace('<SchemeTerritory>', ' $&')],
    ['when an attribute is added', (text) => text.replace('<SchemeTerritory>', '<SchemeTerritory x="1">')],
    ['when a service is added', (text) => text.replace('<TSPServices>', '$&<TSPService></TSPService>')],
    ['when it is not signed', () => xml],
    [
      'when the signature is empty',
      (text) => text.replace(/<ds:SignatureValue>[^<]*/, '<ds:SignatureValue>AAAA'),
    ],
    [
      'when the signature is beside it twice',
      (text) => text.replace(/<ds:Signature .*<\/ds:Signature>/, (one) => one.replace('Id="sig"', '') + one),
    ],
    [
      'when another signature hides in an object',
      (text) =>
        text.replace(
          '</ds:Signature>',
          '<ds:Object><ds:Signature></ds:Signature></ds:Object></ds:Signature>',
        ),
    ],
    [
      'when the signature lies deeper',
      (text) => {
        const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/.exec(text) ?? [];
        return text.replace(signature, '').replace('</SchemeInformation>', `${signature}$&`);
      },
    ],
    [
      'when its signed root is wrapped into a list of the attacker',
      (text) => {
        const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/.exec(text) ?? [];
        const evil = trustListXml().replace('Id="list"', 'Id="evil"');
        return evil.replace(
          '</TrustServiceStatusList>',
          `${text.replace(signature, '').replace(/^<\?xml.*\?>\n/, '')}${signature}$&`,
        );
      },
    ],
    [
      'when its signed root is moved into the signature',
      (text) => {
        const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/.exec(text) ?? [];
        const inner = text.replace(signature, '').replace(/^<\?xml.*\?>\n/, '');
        const wrapped = signature.replace('</ds:Signature>', `<ds:Object>${inner}</ds:Object>$&`);
        return trustListXml()
          .replace('Id="list"', 'Id="evil"')
          .replace('</TrustServiceStatusList>', `${wrapped}$&`);
      },
    ],
  ])('%s', async (_, change) => {
    for (const uri of ['', '#list'] as const)
      expect(await codeOf(changing(change)(await signed({ uri })))).toMatch(
        /^TRUST_LIST_(UNTRUSTED|MALFORMED)$/,
      );
  });

  it('when somebody else signed it, whatever KeyInfo says', async () => {
    expect(await codeOf(await signXml(xml, stranger))).toBe('TRUST_LIST_UNTRUSTED');
  });

  it('when no signer is configured', async () => {
    const text = utf8(await signed());
    expect(await asyncErrorCodeOf(() => readTrustList(text, { signers: [] }))).toBe('TRUST_LIST_UNTRUSTED');
  });

  const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
  it.each<[string, (signedInfo: string) => string]>([
    [
      'inclusive canonical form',
      (text) => text.replace(exclusive, 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'),
    ],
    [
      'canonical form with comments',
      (text) => text.replace(`${exclusive}"></ds:C`, `${exclusive}WithComments"></ds:C`),
    ],
    [
      'a list of prefixes',
      (text) =>
        text.replace(
          '</ds:CanonicalizationMethod>',
          `<ec:InclusiveNamespaces xmlns:ec="${exclusive}" PrefixList="x"></ec:InclusiveNamespaces>$&`,
        ),
    ],
    [
      'a transform by XPath',
      (text) =>
        text.replace(
          '</ds:Transforms>',
          '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>false()</ds:XPath></ds:Transform>$&',
        ),
    ],
    [
      'a stylesheet',
      (text) =>
        text.replace(
          `${exclusive}"></ds:Transform>`,
          'http://www.w3.org/TR/1999/REC-xslt-19991116"></ds:Transform>',
        ),
    ],
    ['no transforms', (text) => text.replace(/<ds:Transforms>.*<\/ds:Transforms>/, '')],
    [
      'a digest by SHA-1',
      (text) =>
        text.replace('http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2000/09/xmldsig#sha1'),
    ],
    [
      'a signature by SHA-1',
      (text) =>
        text.replace(
          'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
          'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
        ),
    ],
    [
      'a MAC',
      (text) =>
        text.replace(
          'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
          'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
        ),
    ],
    ['a part alone', (text) => text.replace('URI=""', 'URI="#sig"')],
    ['a file', (text) => text.replace('URI=""', 'URI="file:///etc/passwd"')],
    ['an XPointer', (text) => text.replace('URI=""', 'URI="#xpointer(/)"')],
    ['nothing', (text) => text.replace(/<ds:Reference .*<\/ds:Reference>/, '')],
    ['the root twice', (text) => text.replace(/<ds:Reference .*<\/ds:Reference>/, '$&$&')],
    [
      'the root and something else',
      (text) =>
        text.replace(/<ds:Reference .*<\/ds:Reference>/, (one) => one + one.replace('URI=""', 'URI="#sig"')),
    ],
    [
      'other properties than its own',
      (text) =>
        text.replace(
          /<ds:Reference .*<\/ds:Reference>/,
          (one) =>
            one + one.replace('URI=""', 'Type="http://uri.etsi.org/01903#SignedProperties" URI="#list"'),
        ),
    ],
  ])('when its publisher signed %s', async (_, change) => {
    expect(await codeOf(await signed({ change: changing(change) }))).toBe('TRUST_LIST_UNTRUSTED');
  });

  it('when the signed properties were altered', async () => {
    const text = await signed({ withProperties: 'with-properties' });
    expect(await codeOf(text.replace('<xades:SignedSignatureProperties>', '$&x'))).toBe(
      'TRUST_LIST_UNTRUSTED',
    );
  });
});

describe('XML that is not read', () => {
  it.each<[string, (text: string) => string]>([
    ['a document type', (text) => text.replace('\n', '\n<!DOCTYPE x>\n')],
    ['entities', (text) => text.replace('\n', '\n<!DOCTYPE x [<!ENTITY a "b">]>\n')],
    ['an external entity', (text) => text.replace('\n', '\n<!DOCTYPE x SYSTEM "http://127.0.0.1/">\n')],
    ['an entity that nobody declared', (text) => text.replace('VN<', '&a;<')],
    ['a processing instruction', (text) => text.replace('<SchemeTerritory>', '<?x y?>$&')],
    ['a second root', (text) => `${text}<x></x>`],
    ['text behind the root', (text) => `${text}x`],
    ['an id twice', (text) => text.replace('<SchemeTerritory>', '<SchemeTerritory Id="list">')],
    ['another encoding', (text) => text.replace('UTF-8', 'ISO-8859-1')],
    ['an open element', (text) => text.replace('</SchemeTerritory>', '')],
    ['an attribute twice', (text) => text.replace('Id="list"', 'Id="list" Id="list"')],
    ['nothing', () => ''],
    ['no XML', () => 'hello'],
    ['a thousand levels', (text) => text.replace('VN', '<a>'.repeat(1000) + '</a>'.repeat(1000))],
  ])('%s', async (_, change) => {
    expect(await codeOf(changing(change)(await signed()))).toBe('TRUST_LIST_MALFORMED');
  });

  it('in UTF-16, or damaged UTF-8', async () => {
    expect(await codeOf(new Uint8Array(Buffer.from(`\ufeff${await signed()}`, 'utf16le')))).toBe(
      'TRUST_LIST_MALFORMED',
    );
    expect(await codeOf(Uint8Array.of(0x3c, 0x61, 0xff, 0x2f, 0x3e))).toBe('TRUST_LIST_MALFORMED');
  });

  it('with 200,000 elements side by side, without breaking the stack', async () => {
    const wide = `<a>${'<b/>'.repeat(200_000)}</a>`;
    expect(await codeOf(wide)).toBe('TRUST_LIST_UNTRUSTED');
  });

  it('longer than the limit', async () => {
    const bytes = utf8(await signed());
    const input = { signers: [publisher.certificate], maxBytes: bytes.length - 1 };
    expect(await asyncErrorCodeOf(() => readTrustList(bytes, input))).toBe('SOURCE_TOO_LARGE');
  });
});
