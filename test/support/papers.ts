import { demoPerson } from '#directory';

/** A body for POST /incoming/paper. */
export function aPaper(): Record<string, unknown> {
  return {
    senderName: 'Hội Người cao tuổi xã Sơn Thủy',
    typeCode: 'CV',
    symbol: '12/CV-NCT',
    issuedOn: '2025-11-03',
    abstract: 'Về việc mượn hội trường',
    secrecy: 'THUONG',
    urgency: 0,
    pages: 2,
    channel: 'post',
    receivedAt: '2025-11-05T08:30:00+07:00',
    envelopeMarks: [],
  };
}

/** A body for POST /incoming/:id/instruct: the drafter of Tỉnh ủy Lam Giang leads. */
export function anInstruction(): Record<string, unknown> {
  return {
    text: 'Giao chuyên viên tham mưu văn bản trả lời.',
    lead: { personId: demoPerson('chuyenvien.tinhuy').id },
    support: [],
    inform: [],
  };
}
