import type { BilingualMessage } from '../problems';
import type { CertificateList } from './crl';
import type { OcspResponse } from './ocsp';

/** Why a list or an answer at hand was not used for a question. */
export type UnusedCode =
  | 'CRL_OTHER_ISSUER'
  | 'CRL_OUT_OF_SCOPE'
  | 'CRL_NOT_CURRENT'
  | 'CRL_WITHOUT_NUMBER'
  | 'CRL_UNKNOWN_CRITICAL_EXTENSION'
  | 'CRL_UNREADABLE'
  | 'CRL_WEAK_ALGORITHM'
  | 'CRL_SIGNATURE_INVALID'
  | 'CRL_SIGNER_NOT_FOUND'
  | 'CRL_SIGNER_NOT_ALLOWED'
  | 'CRL_SIGNER_NOT_TRUSTED'
  | 'CRL_SIGNER_REVOKED'
  | 'CRL_SIGNER_UNPROVEN'
  | 'CRL_DELTA_WITHOUT_BASE'
  | 'OCSP_OTHER_CERTIFICATE'
  | 'OCSP_STATUS_UNKNOWN'
  | 'OCSP_NOT_CURRENT'
  | 'OCSP_TIMES_CONTRADICT'
  | 'OCSP_UNKNOWN_CRITICAL_EXTENSION'
  | 'OCSP_NONCE_DIFFERS'
  | 'OCSP_WEAK_ALGORITHM'
  | 'OCSP_SIGNATURE_INVALID'
  | 'OCSP_RESPONDER_NOT_AUTHORISED'
  | 'OCSP_RESPONDER_NOT_VALID'
  | 'OCSP_RESPONDER_UNPROVEN';

/** A list or an answer that was at hand and not used, or only for the bad news in it. */
export type UnusedEvidence =
  | { readonly source: 'crl'; readonly evidence: CertificateList; readonly code: UnusedCode }
  | { readonly source: 'ocsp'; readonly evidence: OcspResponse; readonly code: UnusedCode };

/** What each reason means and what to do. */
export const unusedEvidenceMessages: Readonly<Record<UnusedCode, BilingualMessage>> = {
  CRL_OTHER_ISSUER: {
    vi: 'Danh sách thu hồi là của nơi cấp khác. Hãy tải danh sách của nơi cấp chứng thư này.',
    en: 'The revocation list is of another issuer. Get the list of the issuer of this certificate.',
  },
  CRL_OUT_OF_SCOPE: {
    vi: 'Danh sách thu hồi không bao gồm chứng thư này (phạm vi hoặc điểm phân phối khác). Hãy tải đúng danh sách ghi trong chứng thư.',
    en: 'The revocation list does not cover this certificate (other scope or distribution point). Get the list that the certificate names.',
  },
  CRL_NOT_CURRENT: {
    vi: 'Danh sách thu hồi không có hiệu lực tại thời điểm kiểm tra. Hãy tải danh sách mới.',
    en: 'The revocation list was not current at the time in question. Get a newer list.',
  },
  CRL_WITHOUT_NUMBER: {
    vi: 'Danh sách thu hồi không có số thứ tự, trái với RFC 5280, nên không được dùng. Hãy báo cho nơi cấp.',
    en: 'The revocation list has no number, against RFC 5280, and was not used. Tell its issuer.',
  },
  CRL_UNKNOWN_CRITICAL_EXTENSION: {
    vi: 'Danh sách thu hồi có phần mở rộng bắt buộc mà hệ thống không hiểu nên không được dùng. Hãy dùng OCSP hoặc báo cho nơi cấp.',
    en: 'The revocation list carries a critical extension that is not understood and was not used. Use OCSP or tell its issuer.',
  },
  CRL_UNREADABLE: {
    vi: 'Danh sách thu hồi bị hỏng hoặc quá lớn nên không được dùng. Hãy tải lại từ nơi cấp.',
    en: 'The revocation list is damaged or too large and was not used. Get it again from its issuer.',
  },
  CRL_WEAK_ALGORITHM: {
    vi: 'Danh sách thu hồi được ký bằng thuật toán yếu hoặc không được hỗ trợ nên không được dùng. Hãy báo cho nơi cấp.',
    en: 'The revocation list is signed by a weak or unsupported algorithm and was not used. Tell its issuer.',
  },
  CRL_SIGNATURE_INVALID: {
    vi: 'Chữ ký trên danh sách thu hồi không đúng nên danh sách không được dùng. Hãy tải lại từ nơi cấp.',
    en: 'The signature of the revocation list does not hold and the list was not used. Get it again from its issuer.',
  },
  CRL_SIGNER_NOT_FOUND: {
    vi: 'Không tìm thấy chứng thư của nơi ký danh sách thu hồi. Hãy bổ sung chứng thư đó vào chứng thư trung gian.',
    en: 'The certificate of the signer of the revocation list was not found. Add it to the intermediate certificates.',
  },
  CRL_SIGNER_NOT_ALLOWED: {
    vi: 'Chứng thư của nơi ký danh sách thu hồi không được phép ký danh sách (thiếu cRLSign). Hãy báo cho nơi cấp.',
    en: 'The certificate of the signer of the revocation list may not sign lists (cRLSign is missing). Tell its issuer.',
  },
  CRL_SIGNER_NOT_TRUSTED: {
    vi: 'Chứng thư của nơi ký danh sách thu hồi không dẫn tới cùng gốc tin cậy với chứng thư được kiểm tra. Danh sách không được dùng.',
    en: 'The signer of the revocation list has no path to the trust anchor of the certificate in question. The list was not used.',
  },
  CRL_SIGNER_REVOKED: {
    vi: 'Chứng thư của nơi ký danh sách thu hồi đã bị thu hồi hoặc tạm dừng. Danh sách không được dùng.',
    en: 'The certificate of the signer of the revocation list is revoked or suspended. The list was not used.',
  },
  CRL_SIGNER_UNPROVEN: {
    vi: 'Không rõ chứng thư của nơi ký danh sách thu hồi có bị thu hồi hay không, nên chỉ tin phần báo thu hồi. Hãy bổ sung danh sách nói về chứng thư đó.',
    en: 'Whether the signer of the revocation list is itself revoked is not known: only its bad news counted. Add a list that speaks about that signer.',
  },
  CRL_DELTA_WITHOUT_BASE: {
    vi: 'Danh sách thu hồi bổ sung (delta) không có danh sách đầy đủ phù hợp, nên chỉ tin phần báo thu hồi. Hãy tải danh sách đầy đủ.',
    en: 'The delta list has no complete list that it fits: only its bad news counted. Get the complete list.',
  },
  OCSP_OTHER_CERTIFICATE: {
    vi: 'Câu trả lời OCSP nói về chứng thư khác. Hãy hỏi lại cho đúng chứng thư này.',
    en: 'The OCSP answer is about another certificate. Ask again for this one.',
  },
  OCSP_STATUS_UNKNOWN: {
    vi: 'Máy chủ OCSP trả lời là không biết chứng thư này. Hãy dùng danh sách thu hồi hoặc hỏi nơi cấp.',
    en: 'The OCSP responder answered that it does not know this certificate. Use a revocation list or ask its issuer.',
  },
  OCSP_NOT_CURRENT: {
    vi: 'Câu trả lời OCSP không có hiệu lực tại thời điểm kiểm tra. Hãy hỏi lại.',
    en: 'The OCSP answer was not current at the time in question. Ask again.',
  },
  OCSP_TIMES_CONTRADICT: {
    vi: 'Các mốc thời gian trong câu trả lời OCSP mâu thuẫn với nhau nên câu trả lời không được dùng. Hãy hỏi lại hoặc báo cho nơi cấp.',
    en: 'The times in the OCSP answer contradict each other and it was not used. Ask again or tell its issuer.',
  },
  OCSP_UNKNOWN_CRITICAL_EXTENSION: {
    vi: 'Câu trả lời OCSP có phần mở rộng bắt buộc mà hệ thống không hiểu nên không được dùng. Hãy dùng danh sách thu hồi.',
    en: 'The OCSP answer carries a critical extension that is not understood and was not used. Use a revocation list.',
  },
  OCSP_NONCE_DIFFERS: {
    vi: 'Câu trả lời OCSP không mang đúng số ngẫu nhiên đã gửi, có thể là câu trả lời cũ. Hãy hỏi lại.',
    en: 'The OCSP answer does not carry the nonce that was sent; it may be an old one. Ask again.',
  },
  OCSP_WEAK_ALGORITHM: {
    vi: 'Câu trả lời OCSP được ký bằng thuật toán hoặc khóa yếu hay không được hỗ trợ nên không được dùng. Hãy báo cho nơi cấp.',
    en: 'The OCSP answer is signed by a weak or unsupported algorithm or key and was not used. Tell its issuer.',
  },
  OCSP_SIGNATURE_INVALID: {
    vi: 'Chữ ký trên câu trả lời OCSP không đúng, hoặc thiếu chứng thư của máy chủ OCSP. Hãy hỏi lại.',
    en: 'The signature of the OCSP answer does not hold, or the certificate of its responder is missing. Ask again.',
  },
  OCSP_RESPONDER_NOT_AUTHORISED: {
    vi: 'Máy chủ OCSP không được nơi cấp chứng thư ủy quyền trả lời. Câu trả lời không được dùng.',
    en: 'The OCSP responder was not authorised by the issuer of the certificate. The answer was not used.',
  },
  OCSP_RESPONDER_NOT_VALID: {
    vi: 'Chứng thư của máy chủ OCSP hết hạn, đã bị thu hồi hoặc có lỗi. Câu trả lời không được dùng.',
    en: 'The certificate of the OCSP responder is expired, revoked or faulty. The answer was not used.',
  },
  OCSP_RESPONDER_UNPROVEN: {
    vi: 'Không rõ chứng thư của máy chủ OCSP có bị thu hồi hay không. Hãy bổ sung danh sách thu hồi của nơi cấp.',
    en: 'Whether the OCSP responder is itself revoked is not known. Add the revocation list of its issuer.',
  },
};
