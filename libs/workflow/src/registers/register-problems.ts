import type { ProblemCatalogue } from '#platform';

/** What the registers can refuse. */
export const registerProblems = {
  REGISTER_VOLUME_NOT_FOUND: {
    status: 404,
    vi: 'Không tìm thấy quyển sổ này trong cơ quan của bạn. Hãy mở lại danh sách quyển sổ.',
    en: 'Your agency has no such volume of a register. Open the list of volumes again.',
  },
  REGISTER_VOLUME_CLOSED: {
    status: 409,
    vi: 'Quyển sổ này đã khóa. Hãy xem bản in đã lưu của quyển sổ.',
    en: 'This volume is closed already. Look at its printed form, which is kept.',
  },
  REGISTER_VOLUME_OPEN: {
    status: 409,
    vi: 'Quyển sổ này chưa khóa nên chưa có bản in được lưu. Hãy in sổ theo năm, hoặc khóa quyển sổ trước.',
    en: 'This volume is still open, so no printed form of it is kept. Print the register of the year, or close the volume first.',
  },
  REGISTER_VOLUME_UNFINISHED: {
    status: 409,
    vi: 'Quyển sổ còn văn bản đã cấp số nhưng chưa phát hành. Hãy phát hành hoặc hủy các văn bản đó rồi khóa sổ.',
    en: 'The volume holds documents that have a number and are not issued. Issue or cancel them, then close it.',
  },
  REGISTER_VOLUME_BUSY: {
    status: 409,
    vi: 'Có số mới được cấp trong lúc khóa sổ nên quyển sổ chưa khóa. Hãy thực hiện lại.',
    en: 'A number was given while the volume was being closed, so it is still open. Try again.',
  },
} as const satisfies ProblemCatalogue;
