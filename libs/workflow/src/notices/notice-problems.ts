import type { ProblemCatalogue } from '#platform';

export const noticeProblems = {
  NOTICES_NOT_NAMED: {
    status: 400,
    vi: 'Chưa nêu thông báo nào. Hãy gửi danh sách ids hoặc all: true, không gửi cả hai.',
    en: 'No notices are named. Send a list of ids or all: true, not both.',
  },
  NOTICE_STREAMS_FULL: {
    status: 429,
    vi: 'Bạn đang mở quá nhiều luồng thông báo. Hãy đóng bớt cửa sổ, hoặc xem danh sách thông báo.',
    en: 'You have too many notice streams open. Close some windows, or read the list of notices.',
  },
} as const satisfies ProblemCatalogue;
