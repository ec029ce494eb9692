import { readdirSync } from 'node:fs';
import { corpus, corpusFile, corpusJson, describeCorpus } from '../../../../test/support/corpora';
import { verifyPdf } from '..';
import type { ValidationReport } from '..';

function verify(bytes: Uint8Array): Promise<ValidationReport> {
  return verifyPdf(bytes, { anchors: [], now: new Date() });
}

interface Expected {
  readonly field: string;
  readonly coverage: string;
  readonly changesAfter: string;
  readonly acceptable: boolean;
}

/** Where we differ from the oracle, and why. */
const disagreements: Readonly<Record<string, string>> = {
  'ed448-disallowed-hash.pdf':
    'The signature is Ed448 over a digest that RFC 8419 does not allow with it; we verify no Ed448 and do not call it intact.',
};

describeCorpus('pdf-attacks')('published forgeries', () => {
  const folder = corpus('pdf-attacks');
  const files = folder === undefined ? [] : readdirSync(folder).filter((file) => file.endsWith('.pdf'));
  it.each(files)('%s is not accepted', async (file) => {
    const { error, signatures } = await verify(corpusFile('pdf-attacks', file));
    const accepted = signatures.filter(
      (s) => s.integrity === 'INTACT' && s.laterChangesAcceptable && s.coverage !== 'UNCLEAR',
    );
    expect(accepted).toEqual([]);
    expect(error !== null || signatures.some((s) => s.indication === 'TOTAL-FAILED')).toBe(true);
  });
});

describeCorpus('pdf-signed')('signed files of others', () => {
  const expected =
    corpus('pdf-signed') === undefined
      ? {}
      : (corpusJson('pdf-signed', 'expected.json') as Readonly<Record<string, readonly Expected[]>>);
  const agreed = Object.entries(expected).filter(([file]) => !(file in disagreements));
  it.each(agreed)('%s is judged as expected', async (file, oracle) => {
    const { signatures } = await verify(corpusFile('pdf-signed', file));
    const ours = oracle.map(({ field }) => {
      const found = signatures.find((signature) => signature.field === field);
      const level = found?.laterChanges === 'OTHER' ? 'NOT_ALLOWED' : found?.laterChanges;
      const acceptable = found?.integrity === 'INTACT' && found.laterChangesAcceptable;
      return { field, coverage: found?.coverage, changesAfter: level, acceptable };
    });
    expect(ours).toEqual(
      oracle.map(({ field, coverage, changesAfter, acceptable }) => ({
        field,
        coverage,
        changesAfter,
        acceptable,
      })),
    );
  });

  it.each(Object.keys(disagreements))('%s is still judged otherwise, as argued', async (file) => {
    const { signatures } = await verify(corpusFile('pdf-signed', file));
    expect(signatures[0]).toMatchObject({
      integrity: 'BROKEN',
      messages: [{ code: 'CMS_ALGORITHM_UNSUPPORTED' }],
    });
  });
});
