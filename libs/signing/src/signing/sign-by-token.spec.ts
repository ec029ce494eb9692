import { generateKeyPair, parseSignedData } from '#pki';
import type { KeyKind } from '#pki';
import { openTokenModule } from '#pki/node';
import type { TokenModule, TokenSession } from '#pki/node';
import { itWith } from '../../../../test/support/outside-programs';
import { pdfsigVerdicts, signaturesIn } from '../../../../test/support/outside-verifiers';
import { describeWithTokens, startSoftHsm } from '../../../../test/support/soft-hsm';
import type { SoftHsm } from '../../../../test/support/soft-hsm';
import { signPdf, verifyPdf } from '..';
import { samplePdf } from '../testing/sample-pdfs';
import { makeTestPki } from '../testing/test-pki';
import type { TestPki } from '../testing/test-pki';

const pin = '246810';
const kinds: readonly KeyKind[] = ['RSA-2048', 'P-256'];

describeWithTokens()('a document signed by a token', () => {
  let pki: TestPki;
  let softHsm: SoftHsm;
  let module: TokenModule;
  let session: TokenSession;

  beforeAll(async () => {
    pki = await makeTestPki();
    const keys = await Promise.all(
      kinds.map(async (keyKind, id) => {
        const pair = await generateKeyPair(keyKind);
        const { certificate } = await pki.holder({ name: 'Văn thư cơ quan', keyKind, keys: pair });
        return { id, label: keyKind, keys: pair, certificates: [certificate] };
      }),
    );
    softHsm = startSoftHsm([{ label: 'Văn thư', pin, keys, certificates: [pki.issuing, pki.root] }]);
    module = openTokenModule(softHsm.library);
    session = await module.open({ label: 'Văn thư' }, new TextEncoder().encode(pin));
  });

  afterAll(async () => {
    await session.close();
    await module.close();
    softHsm.remove();
  });

  const sign = async (label: string): Promise<Uint8Array> =>
    signPdf(await samplePdf({ pages: 2, xref: 'stream' }), {
      fieldName: 'Signature',
      appearance: { kind: 'invisible' },
      claimedTime: new Date(),
      signer: await session.signer({ label }),
      timestamps: pki.timestamps,
    });

  it.each(kinds)('with a %s key is valid, and carries the chain of the token', async (kind) => {
    const signed = await sign(kind);
    const { signatures } = await verifyPdf(signed, pki.context());
    expect(signatures).toMatchObject([{ indication: 'TOTAL-PASSED', level: 'PAdES-B-T' }]);
    const [{ cms } = { cms: signed }] = signaturesIn(signed);
    const { certificates } = parseSignedData(new Uint8Array(cms));
    expect(certificates.map(({ der }) => der)).toContainEqual(pki.issuing.der);
  });

  itWith('pdfsig').each(kinds)('with a %s key is valid for pdfsig', async (kind) => {
    expect(pdfsigVerdicts(await sign(kind))).toEqual([{ valid: true, total: true }]);
  });
});
