import type { Text } from '../command';
import { vietnamTime } from '../vietnam-time';
import { briefLines, short } from './certificate-lines';
import { purposes } from './purposes';
import type { PathStep, Verdict } from './verdict';

const statuses: Readonly<Record<Verdict['status'], Text>> = {
  valid: { vi: 'HỢP LỆ', en: 'VALID' },
  indeterminate: { vi: 'CHƯA ĐỦ CĂN CỨ KẾT LUẬN', en: 'INDETERMINATE' },
  invalid: { vi: 'KHÔNG HỢP LỆ', en: 'INVALID' },
};

/** A verdict for a person, Vietnamese first. It never says valid alone when revocation was not asked for. */
export function verdictLines(verdict: Verdict): readonly string[] {
  const { vi, en } = statuses[verdict.status];
  const purpose = purposes[verdict.purpose];
  const isUnchecked = verdict.status === 'valid' && !verdict.revocationChecked;
  return [
    isUnchecked
      ? `${verdict.file}: ${vi}, CHƯA KIỂM TRA THU HỒI / ${en}, REVOCATION NOT CHECKED`
      : `${verdict.file}: ${vi} / ${en}`,
    `  Mục đích / Purpose: ${purpose.vi} / ${purpose.en} (${verdict.purpose})`,
    `  Thời điểm kiểm tra / Time in question: ${vietnamTime(new Date(verdict.at))}`,
    ...(verdict.revocationChecked
      ? []
      : [
          '  Thu hồi / Revocation: CHƯA KIỂM TRA: không có danh sách thu hồi hay câu trả lời OCSP nào; hãy thêm --crl hoặc --ocsp.',
          '    NOT CHECKED: no revocation list or OCSP answer was given; add --crl or --ocsp.',
        ]),
    ...(verdict.error ? [`  – ${verdict.error.code}: ${verdict.error.vi}`, `    ${verdict.error.en}`] : []),
    ...verdict.failures.flatMap(({ code, subject, vi: message, en: english, detail }) => [
      `  – ${code} (${short(subject)}): ${message}`,
      `    ${english}`,
      `    Chi tiết / Detail: ${short(detail.replace(isoInstant, (time) => vietnamTime(new Date(time))))}`,
    ]),
    ...(verdict.path.length > 0 ? ['  Đường dẫn / Path:'] : []),
    ...verdict.path.flatMap((step, index) => [
      `    ${index + 1}. ${short(step.subject)} (${roles[step.role]})`,
      ...briefLines(step).map((line) => `       ${line}`),
      ...(step.revocation ? [`       Thu hồi / Revocation: ${revocationText(step.revocation)}`] : []),
    ]),
  ];
}

const isoInstant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

const roles: Readonly<Record<PathStep['role'], string>> = {
  certificate: 'được kiểm tra / in question',
  intermediate: 'trung gian / intermediate',
  anchor: 'được tin cậy / trusted',
};

function revocationText({
  status,
  source,
  reason,
  since,
  statusTime,
}: NonNullable<PathStep['revocation']>): string {
  const made = statusTime === null ? '' : `, ${vietnamTime(new Date(statusTime))}`;
  const by = source === 'none' ? '' : ` (${sources[source]}${made})`;
  const when = since === null ? '' : `, từ / since ${vietnamTime(new Date(since))}`;
  const why = reason === null ? '' : `, lý do / reason ${reason}`;
  return `${revocationStatuses[status]}${when}${why}${by}`;
}

const sources = { crl: 'CRL', ocsp: 'OCSP', nocheck: 'nocheck' } as const;

const revocationStatuses: Readonly<Record<NonNullable<PathStep['revocation']>['status'], string>> = {
  good: 'không bị thu hồi / not revoked',
  revoked: 'ĐÃ BỊ THU HỒI / REVOKED',
  suspended: 'ĐANG BỊ TẠM DỪNG / SUSPENDED',
  unknown: 'không rõ / unknown',
};
