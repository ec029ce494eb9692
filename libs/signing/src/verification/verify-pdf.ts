import { asName, asString, dateOf, openPdf, PdfError, pdfMessages } from '#pdf';
import type { PdfFile } from '#pdf';
import { allSignatures } from './all-signatures';
import { addEmbedded, evidenceOf, firstRead, securityStore } from './evidence';
import type { Evidence } from './evidence';
import { checkCms, kindOf } from './check-cms';
import { coverageOf } from './coverage';
import type { CoverageResult } from './coverage';
import { collisions } from './collisions';
import type { SignedField } from '../document/form-fields';
import { LaterChanges } from './later-changes/later-changes';
import { describeSigner, levelOf } from './describe';
import { docMdpOf } from '../document/permissions';
import type {
  Indication,
  SignatureReport,
  SubIndication,
  ValidationContext,
  ValidationReport,
} from './report';
import { sameObject } from '../document/same-object';
import { isAuthorityTrusted, provenTime, signerTrust } from './trust';
import type { ProvenTime, Trust } from './trust';
import type { VerdictCode } from './verdict-codes';
import { verdictMessage } from './verdict-messages';

/** Most signatures that one file may bring: each costs several public-key operations. */
const maxSignatures = 100;

/**
 * Judges every signature of a file after ETSI EN 319 102-1, at a first depth: format, cryptography, later changes,
 * time-stamp, chain and revocation at the time proved. Nothing is fetched. Never throws on a bad file: the report says so.
 */
export async function verifyPdf(bytes: Uint8Array, context: ValidationContext): Promise<ValidationReport> {
  try {
    return await verifyFile(openPdf(bytes), context);
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    return { indication: null, error: { code: error.code, ...pdfMessages[error.code] }, signatures: [] };
  }
}

interface Subject {
  readonly signed: SignedField;
  readonly coverage: CoverageResult;
}

async function verifyFile(file: PdfFile, context: ValidationContext): Promise<ValidationReport> {
  const { latest } = file;
  const fields = allSignatures(file);
  if (fields.length > maxSignatures) throw new PdfError('PDF_LIMIT_EXCEEDED', `${fields.length} signatures`);
  const subjects = fields.map((signed): Subject => ({
    signed,
    coverage: coverageOf(file, signed.value, signed.valueRef),
  }));
  const colliding = collisions(subjects);
  const changes = new LaterChanges(file);
  const evidence = evidenceOf(latest, context);
  const reports = new Map<Subject, SignatureReport>();
  let proven: ProvenTime = { at: context.now, isProven: false, codes: [] };
  // From the last revision back: a document time-stamp proves the time of all that it covers.
  const newestFirst = [...subjects].sort((a, b) => (b.coverage.revision ?? -1) - (a.coverage.revision ?? -1));
  for (const subject of newestFirst) {
    const { report, provesTime } = await verifyOne(file, subject, {
      context,
      evidence,
      changes,
      proven,
      collision: colliding.get(subject),
    });
    reports.set(subject, report);
    if (provesTime) proven = { at: provesTime, isProven: true, codes: [] };
  }
  const signatures = subjects.flatMap((subject) => reports.get(subject) ?? []);
  return { indication: worstOf(signatures), error: null, signatures };
}

interface Surroundings {
  readonly context: ValidationContext;
  readonly evidence: Evidence;
  readonly changes: LaterChanges;
  readonly proven: ProvenTime;
  readonly collision: VerdictCode | undefined;
}

async function verifyOne(
  file: PdfFile,
  { signed, coverage }: Subject,
  around: Surroundings,
): Promise<{ report: SignatureReport; provesTime: Date | undefined }> {
  const { context, evidence } = around;
  const { value } = signed;
  const kind = kindOf(asName(file.latest.resolve(value.get('SubFilter'))));
  const cms = await checkCms(file.bytes, kind ?? 'CMS', coverage);
  if (cms.signedData) addEmbedded(evidence, cms.signedData);
  const signer = cms.signerCertificate && firstRead(evidence, cms.signerCertificate);
  const later = around.changes.after(coverage.revision);
  const cryptoCodes: VerdictCode[] = kind === undefined ? ['SUBFILTER_UNSUPPORTED'] : [...cms.failures];
  const formatCodes: VerdictCode[] = [
    ...coverage.problems,
    ...alteredCodes(file, signed, coverage),
    ...(around.collision ? [around.collision] : []),
  ];
  const isIntact =
    cryptoCodes.length === 0 && coverage.byteRange !== undefined && coverage.contents !== undefined;

  const claimedText = asString(file.latest.resolve(value.get('M')));
  const claimed = claimedText && dateOf(claimedText);
  let time: ProvenTime = around.proven;
  let trust: Trust = { indication: 'TOTAL-FAILED', subIndication: failureOf(cryptoCodes), codes: [] };
  let provesTime: Date | undefined;
  if (isIntact && formatCodes.length === 0 && later.findings.length === 0 && signer) {
    if (kind === 'DOC-TIMESTAMP' && cms.genTime) {
      const trusted =
        context.anchors.length > 0 &&
        (await isAuthorityTrusted(signer, cms.genTime, time.at, evidence, context));
      if (trusted) provesTime = cms.genTime;
      trust = trusted
        ? passed
        : await signerTrust(signer, 'time-stamping', time, cms.genTime, evidence, context);
      if (!trusted && trust.indication === 'TOTAL-PASSED')
        trust = {
          indication: 'INDETERMINATE',
          subIndication: 'TIMESTAMP_ORDER_FAILURE',
          codes: ['TIMESTAMP_UNTRUSTED'],
        };
    } else {
      time = await provenTime(cms.signerInfo, time, evidence, context);
      trust = constrained(await signerTrust(signer, 'document-signing', time, claimed, evidence, context), [
        ...time.codes,
        ...cms.warnings,
      ]);
    }
  }
  const messages = [
    ...[...formatCodes, ...cryptoCodes].map((code) => verdictMessage(code)),
    ...later.findings.slice(0, 20).map(({ code, where }) => verdictMessage(code, where)),
    ...[
      ...trust.codes,
      ...(isIntact ? [...cms.warnings, ...(kind === 'DOC-TIMESTAMP' ? [] : time.codes)] : []),
    ].map((code) => verdictMessage(code)),
  ];
  const isPassed = trust.indication === 'TOTAL-PASSED';
  const timestampTime = kind === 'DOC-TIMESTAMP' ? cms.genTime : time.isProven ? time.at : undefined;
  return {
    provesTime,
    report: {
      field: signed.node.name,
      type:
        kind === 'DOC-TIMESTAMP'
          ? 'timestamp'
          : docMdpOf(file.latest, value) === undefined
            ? 'approval'
            : 'certification',
      coverage: coverage.coverage,
      laterChanges: later.level,
      laterChangesAcceptable: later.findings.length === 0,
      integrity: isIntact ? 'INTACT' : 'BROKEN',
      indication: trust.indication,
      subIndication: trust.subIndication,
      level: isIntact
        ? levelOf(kind, cms.signerInfo, securityStore(file.latest), later.hasDocumentTimestamp)
        : null,
      signer: signer ? describeSigner(signer) : null,
      signingTime: claimed?.toISOString() ?? null,
      timestampTime: timestampTime?.toISOString() ?? null,
      messages: isPassed ? [verdictMessage('VALID'), ...messages] : messages,
    },
  };
}

const passed: Trust = { indication: 'TOTAL-PASSED', subIndication: null, codes: [] };

/** A damaged time-stamp or a forbidden attribute leaves the question open. */
function constrained(trust: Trust, codes: readonly VerdictCode[]): Trust {
  const isConstrained = codes.includes('TIMESTAMP_INVALID') || codes.includes('CMS_SIGNING_TIME_PRESENT');
  return trust.indication === 'TOTAL-PASSED' && isConstrained
    ? { indication: 'INDETERMINATE', subIndication: 'SIG_CONSTRAINTS_FAILURE', codes: trust.codes }
    : trust;
}

/** Rule 7: the signature dictionary reads in its own revision as it reads in the end. */
function alteredCodes(
  file: PdfFile,
  { valueRef, value }: SignedField,
  { revision }: CoverageResult,
): VerdictCode[] {
  if (valueRef === undefined) return ['SIGNATURE_DAMAGED'];
  if (revision === undefined) return [];
  return sameObject(file.at(revision).get(valueRef), value) ? [] : ['SIGNATURE_DICTIONARY_ALTERED'];
}

function failureOf(cryptoCodes: readonly VerdictCode[]): SubIndication {
  if (cryptoCodes.includes('CMS_DIGEST_MISMATCH') || cryptoCodes.includes('TST_IMPRINT_MISMATCH'))
    return 'HASH_FAILURE';
  if (cryptoCodes.includes('CMS_SIGNATURE_INVALID')) return 'SIG_CRYPTO_FAILURE';
  // What later revisions did to the document is a failure of its form too.
  return 'FORMAT_FAILURE';
}

function worstOf(signatures: readonly SignatureReport[]): Indication | null {
  const order: readonly Indication[] = ['TOTAL-FAILED', 'INDETERMINATE', 'TOTAL-PASSED'];
  return (
    order.find((indication) => signatures.some((signature) => signature.indication === indication)) ?? null
  );
}
