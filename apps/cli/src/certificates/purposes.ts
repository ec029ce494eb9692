import type { Purpose } from '#pki';
import type { Text } from '../command';

/** Every purpose that may be asked for, in the words of the report. */
export const purposes: Readonly<Record<Purpose, Text>> = {
  'document-signing': { vi: 'ký văn bản', en: 'signing documents' },
  'agency-signing': { vi: 'ký thay mặt cơ quan, tổ chức', en: 'signing for an agency' },
  evidence: { vi: 'ký chứng cứ gửi nhận', en: 'signing evidence of delivery' },
  'time-stamping': { vi: 'cấp dấu thời gian', en: 'time-stamping' },
  'ocsp-signing': { vi: 'trả lời trạng thái chứng thư', en: 'answering for certificate status' },
  encryption: { vi: 'mã hóa', en: 'encryption' },
  tls: { vi: 'kết nối an toàn', en: 'secure connections' },
};

export function isPurpose(name: string): name is Purpose {
  return Object.hasOwn(purposes, name);
}
