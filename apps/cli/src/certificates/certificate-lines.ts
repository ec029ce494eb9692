import { vietnamTime } from '../vietnam-time';
import type { CertificateFacts } from './certificate-facts';

/** What a person needs to tell one certificate of a path from another. */
export function briefLines(facts: CertificateFacts): readonly string[] {
  const usage = [facts.keyUsage, facts.extendedKeyUsage].flatMap((names) => names ?? []);
  return [
    `Nơi cấp / Issuer: ${short(facts.issuer)}`,
    `Số sê-ri / Serial number: ${facts.serialNumber}`,
    `Hiệu lực / Validity: ${vietnamTime(new Date(facts.notBefore))} – ${vietnamTime(new Date(facts.notAfter))}`,
    `Khóa / Key: ${keyText(facts.key)}`,
    `Mục đích khóa / Key usage: ${usage.length > 0 ? listed(usage) : 'không giới hạn / not limited'}`,
  ];
}

/** All that a person may want to know of a certificate by itself. */
export function fullLines(facts: CertificateFacts): readonly string[] {
  const pathLength = facts.pathLength === null ? '' : `, độ dài đường dẫn / path length ${facts.pathLength}`;
  const optional: readonly (readonly [string, readonly string[]])[] = [
    ['Mã định danh tổ chức / Organization identifier', present(facts.organizationIdentifier)],
    ['Tên khác / Alternative names', facts.subjectAltNames.map(({ kind, value }) => `${kind}:${value}`)],
    ['Chính sách / Policies', facts.policies ?? ['không đọc được / unreadable']],
    ['Danh sách thu hồi / Revocation lists', facts.crlUrls],
    ['OCSP', facts.ocspUrls],
    ['Chứng thư nơi cấp / Issuer certificates', facts.caIssuerUrls],
    ['Mã khóa / Key identifier', present(facts.subjectKeyId)],
    ['Mã khóa nơi cấp / Issuer key identifier', present(facts.authorityKeyId)],
    ['Phần mở rộng bắt buộc / Critical extensions', facts.criticalExtensions],
  ];
  return [
    `Chủ thể / Subject: ${short(facts.subject)}`,
    ...briefLines(facts),
    `Tự cấp / Self-issued: ${yesNo(facts.selfIssued)}`,
    `Tổ chức chứng thực / Authority: ${yesNo(facts.authority)}${pathLength}`,
    `Ký bằng / Signed with: ${facts.signatureAlgorithm}`,
    ...optional.flatMap(([label, values]) => (values.length > 0 ? [`${label}: ${listed(values)}`] : [])),
    `Dấu vân tay / Thumbprint (SHA-256): ${facts.thumbprint}`,
  ];
}

function keyText({ algorithm, bits, curve }: CertificateFacts['key']): string {
  if (algorithm === 'unknown') return 'không được hỗ trợ / unsupported';
  return curve === null ? `${algorithm} ${bits} bit` : `${algorithm} ${curve}`;
}

function yesNo(answer: boolean): string {
  return answer ? 'có / yes' : 'không / no';
}

function present(value: string | null): readonly string[] {
  return value === null ? [] : [value];
}

/** A certificate may carry thousands of names, and long ones: the screen shows the first, `--json` all. */
function listed(values: readonly string[]): string {
  const shown = values.slice(0, maxListed).map(short).join(', ');
  return values.length > maxListed ? `${shown}, … (${values.length})` : shown;
}

const maxListed = 12;
const maxLength = 300;

export function short(text: string): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
