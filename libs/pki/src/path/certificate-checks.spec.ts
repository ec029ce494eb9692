import { codesOf, validateFor } from '../testing/path-results';
import { generalName, subjectAltName } from '../testing/test-extensions';
import { testHolder, testRoot } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import { oids } from '../oids';

describe('a certificate by itself', () => {
  let root: TestAuthority;

  beforeAll(async () => {
    root = await testRoot();
  });

  it('of an authority names its key, also when it is the anchor (RFC 5280 §4.2.1.2)', async () => {
    const { certificate } = await testHolder(root);
    const nameless = { ...root.certificate, subjectKeyId: undefined };
    const result = await validateFor({ certificate, anchors: [nameless] });
    expect(codesOf(result)).toEqual(['CERTIFICATE_BAD_EXTENSION']);
  });

  it.each([
    ['a.example.vn', 'valid'],
    ['*.example.vn', 'valid'],
    ['_a.example.vn', 'valid'],
    ['localhost', 'valid'],
    ['8.8.8.8', 'invalid'],
    ['*', 'invalid'],
    ['*.*.example.vn', 'invalid'],
    ['a.*.vn', 'invalid'],
    ['example.vn.', 'invalid'],
    ['a b.vn', 'invalid'],
    ['', 'invalid'],
  ])('for connections, of the dNSName "%s", is %s (RFC 5280 §4.2.1.6)', async (name, expected) => {
    const { certificate } = await testHolder(root, {
      extendedKeyUsage: { purposes: [oids.serverAuth, oids.documentSigning] },
      extensions: [subjectAltName(generalName.dns(name))],
    });
    const anchors = [root.certificate];
    expect((await validateFor({ certificate, anchors, purpose: 'tls' })).status).toBe(expected);
    // Nobody matches the signer of a document with host names.
    expect((await validateFor({ certificate, anchors })).status).toBe('valid');
  });
});
