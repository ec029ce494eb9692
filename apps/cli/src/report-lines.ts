import { verdictMessage } from '#signing';
import type { Coverage, Indication, ModificationLevel, SignatureReport, ValidationReport } from '#signing';
import { vietnamTime } from './vietnam-time';

const verdicts: Readonly<Record<Indication, string>> = {
  'TOTAL-PASSED': 'HỢP LỆ / VALID',
  INDETERMINATE: 'CHƯA ĐỦ CĂN CỨ KẾT LUẬN / INDETERMINATE',
  'TOTAL-FAILED': 'KHÔNG HỢP LỆ / INVALID',
};

const coverages: Readonly<Record<Coverage, string>> = {
  ENTIRE_FILE: 'toàn bộ tệp / the entire file',
  ENTIRE_REVISION: 'trọn một phiên bản của tệp / an entire revision',
  CONTIGUOUS_BLOCK_FROM_START: 'một phần đầu tệp / a block from the start',
  UNCLEAR: 'không rõ / unclear',
};

const changes: Readonly<Record<ModificationLevel, string>> = {
  NONE: 'không có / none',
  LTA_UPDATES: 'chỉ bổ sung dữ liệu xác minh / validation data only',
  FORM_FILLING: 'điền trường, ký thêm / fields filled or signed',
  ANNOTATIONS: 'thêm chú thích / annotations',
  OTHER: 'thay đổi khác / other changes',
};

/** A report for a person, Vietnamese first. */
export function reportLines(file: string, report: ValidationReport): readonly string[] {
  if (report.error)
    return [`${file}: KHÔNG ĐỌC ĐƯỢC / UNREADABLE`, `  ${report.error.vi}`, `  ${report.error.en}`];
  if (report.indication === null) {
    const { vi, en } = verdictMessage('NO_SIGNATURE');
    return [`${file}: KHÔNG CÓ CHỮ KÝ / UNSIGNED`, `  ${vi}`, `  ${en}`];
  }
  return [`${file}: ${verdicts[report.indication]}`, ...report.signatures.flatMap(signatureLines)];
}

function signatureLines(signature: SignatureReport, index: number): readonly string[] {
  const { signer } = signature;
  const organization = signer?.organization ? `, ${signer.organization}` : '';
  const code = signer?.organizationIdentifier ? ` [${signer.organizationIdentifier}]` : '';
  const reason = signature.subIndication ? ` (${signature.subIndication})` : '';
  return [
    `  ${index + 1}. ${signature.field}: ${verdicts[signature.indication]}${reason}`,
    ...(signer
      ? [
          `     Người ký / Signer: ${signer.name}${organization}${code}`,
          `     Nơi cấp / Issuer: ${signer.issuer}`,
        ]
      : []),
    `     Toàn vẹn / Integrity: ${signature.integrity === 'INTACT' ? 'nguyên vẹn / intact' : 'không nguyên vẹn / broken'}`,
    `     Phạm vi / Coverage: ${coverages[signature.coverage]}`,
    `     Thay đổi sau khi ký / Later changes: ${changes[signature.laterChanges]}${signature.laterChangesAcceptable ? '' : ' – không được phép / not allowed'}`,
    `     Thời điểm khai báo / Claimed time: ${timeOrNone(signature.signingTime)}`,
    `     Dấu thời gian / Time-stamp: ${timeOrNone(signature.timestampTime)}`,
    ...signature.messages.flatMap(({ vi, en }) => [`     – ${vi}`, `       ${en}`]),
  ];
}

function timeOrNone(instant: string | null): string {
  return instant === null ? 'không có / none' : vietnamTime(new Date(instant));
}
