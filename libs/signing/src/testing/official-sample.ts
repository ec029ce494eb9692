import type { StampFonts } from '../signature-options';
import { officialDocument } from '../official/official-document';
import type { TestPki } from './test-pki';

export interface OfficialSample {
  readonly laidOut: Uint8Array;
  readonly personSigned: Uint8Array;
  readonly numbered: Uint8Array;
  readonly sealed: Uint8Array;
}

interface OfficialSampleInput {
  readonly pki: TestPki;
  readonly fonts: StampFonts;
  /** Transparent PNGs. */
  readonly handwriting: Uint8Array;
  readonly seal: Uint8Array;
  readonly numberLine?: string;
  readonly marks?: readonly string[];
}

/** Carries an upload through all revisions of an official document. */
export async function officialSample(
  upload: Uint8Array,
  input: OfficialSampleInput,
): Promise<OfficialSample> {
  const { pki, fonts, marks } = input;
  const numberLine = input.numberLine ?? 'Số 57-NQ/TW';
  const dateLine = 'Hà Nội, ngày 22 tháng 12 năm 2026';
  const laidOut = await officialDocument.layOut(upload, {
    agencySignature: 'expected',
    ...(marks ? { marks: { lines: marks, fonts } } : {}),
  });
  const claimedTime = new Date();
  const key = { timestamps: pki.timestamps, claimedTime };
  const personSigned = await officialDocument.personSign(laidOut, {
    ...key,
    signer: pki.person,
    handwriting: input.handwriting,
  });
  const numbered = await officialDocument.number(personSigned, {
    numberLine,
    dateLine,
    fonts,
    dss: pki.material,
  });
  const sealed = await officialDocument.agencySign(numbered, {
    ...key,
    signer: pki.agency,
    seal: input.seal,
    numberLine,
    dateLine,
    fonts,
  });
  return { laidOut, personSigned, numbered, sealed };
}
