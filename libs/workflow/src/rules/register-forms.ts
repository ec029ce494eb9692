import type { Bloc } from '#directory';

import type { Basis } from './citation';
import { assumed, fromMemory, readIn } from './citation';

/** A column of a register. The widths of a form sum up to the 262 mm that A4 landscape leaves between its margins. */
export interface RegisterColumn<Key extends string = string> {
  readonly key: Key;
  /** As printed in its head. */
  readonly vi: string;
  readonly en: string;
  readonly widthMm: number;
  readonly align: 'left' | 'center';
}

/** A register as it is printed: its title and its columns, in their order. */
export interface RegisterForm<Key extends string = string> {
  /** As on the cover, in capitals. */
  readonly title: string;
  readonly en: string;
  readonly columns: readonly RegisterColumn<Key>[];
  readonly basis: Readonly<Record<Bloc, Basis>>;
}

function column<Key extends string>(
  key: Key,
  vi: string,
  en: string,
  widthMm: number,
  align: 'left' | 'center' = 'left',
): RegisterColumn<Key> {
  return { key, vi, en, widthMm, align };
}

const decree30 = (form: string): Readonly<Record<Bloc, Basis>> => ({
  state: readIn('Decree 30/2020 annex IV', form),
  party: fromMemory('Guidance 36-HD/VPTW of 2018', `columns as ${form} of Decree 30`),
  front: assumed('as State bodies until the Front’s own text is entered'),
  union: assumed('as State bodies until their own text is entered'),
});

const secrets: Readonly<Record<Bloc, Basis>> = {
  state: readIn('Decree 63/2026', 'register of State secrets'),
  party: readIn('Decree 63/2026', 'the law on State secrets binds all'),
  front: readIn('Decree 63/2026', 'the law on State secrets binds all'),
  union: readIn('Decree 63/2026', 'the law on State secrets binds all'),
};

/** Who keeps the copy for the file, as the last line of "Nơi nhận" says: `Lưu: VT, TTĐT`. */
interface KeeperRule {
  readonly office: string;
  readonly basis: Basis;
}

const stateKeeper: KeeperRule = {
  office: 'VT',
  basis: readIn('Decree 30/2020 annex I', 'Lưu: VT, drafting unit'),
};

const keeperRules: Readonly<Record<Bloc, KeeperRule>> = {
  party: { office: 'Văn phòng', basis: fromMemory('Guidance 36-HD/VPTW of 2018', 'Lưu Văn phòng') },
  state: stateKeeper,
  front: stateKeeper,
  union: stateKeeper,
};

/** @param unitSymbol of the drafting unit, where the document names one */
export function keeperOf(bloc: Bloc, unitSymbol: string | null): string {
  return [keeperRules[bloc].office, unitSymbol].filter((part) => part !== null).join(', ');
}

/** Sổ đăng ký văn bản đi. */
export const outgoingForm = {
  title: 'SỔ ĐĂNG KÝ VĂN BẢN ĐI',
  en: 'Register of outgoing documents',
  columns: [
    column('symbol', 'Số, ký hiệu văn bản', 'Number and symbol', 28),
    column('date', 'Ngày tháng văn bản', 'Date', 20, 'center'),
    column('title', 'Tên loại và trích yếu nội dung văn bản', 'Type and abstract', 58),
    column('signer', 'Người ký', 'Signer', 26),
    column('recipients', 'Nơi nhận văn bản', 'Recipients', 36),
    column('keeper', 'Đơn vị, người nhận bản lưu', 'Kept by', 18),
    column('copies', 'Số lượng bản', 'Copies', 12, 'center'),
    column('sentOn', 'Ngày chuyển', 'Sent on', 20, 'center'),
    column('receipt', 'Ký nhận', 'Receipt', 22),
    column('note', 'Ghi chú', 'Note', 22),
  ],
  basis: decree30('the register of outgoing documents'),
} as const satisfies RegisterForm;

/** Sổ đăng ký văn bản đến. */
export const incomingForm = {
  title: 'SỔ ĐĂNG KÝ VĂN BẢN ĐẾN',
  en: 'Register of incoming documents',
  columns: [
    column('arrivalDate', 'Ngày đến', 'Arrived on', 20, 'center'),
    column('arrivalNumber', 'Số đến', 'Arrival number', 14, 'center'),
    column('author', 'Tác giả', 'Author', 38),
    column('symbol', 'Số, ký hiệu văn bản', 'Number and symbol', 28),
    column('date', 'Ngày tháng văn bản', 'Date', 20, 'center'),
    column('title', 'Tên loại và trích yếu nội dung văn bản', 'Type and abstract', 58),
    column('receiver', 'Đơn vị hoặc người nhận', 'Received by', 26),
    column('passedOn', 'Ngày chuyển', 'Passed on', 20, 'center'),
    column('receipt', 'Ký nhận', 'Receipt', 20),
    column('note', 'Ghi chú', 'Note', 18),
  ],
  basis: decree30('the register of incoming documents'),
} as const satisfies RegisterForm;

/** Sổ theo dõi giải quyết văn bản đến. */
export const handlingForm = {
  title: 'SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN',
  en: 'Register of the handling of incoming documents',
  columns: [
    column('arrivalNumber', 'Số đến', 'Arrival number', 14, 'center'),
    column('document', 'Tên loại, số, ký hiệu, ngày tháng, tác giả và trích yếu nội dung', 'Document', 92),
    column('unit', 'Đơn vị hoặc người nhận', 'Unit or person', 42),
    column('due', 'Thời hạn giải quyết', 'Due', 22, 'center'),
    column('progress', 'Tiến độ giải quyết', 'Progress', 38),
    column('reply', 'Số, ký hiệu văn bản trả lời', 'Answered by', 30),
    column('note', 'Ghi chú', 'Note', 24),
  ],
  basis: decree30('the register of handling'),
} as const satisfies RegisterForm;

/** Sổ đăng ký bí mật nhà nước đi; for TUYỆT MẬT `title` is the type alone, without an abstract. */
export const secretOutgoingForm = {
  title: 'SỔ ĐĂNG KÝ BÍ MẬT NHÀ NƯỚC ĐI',
  en: 'Register of outgoing State secrets',
  columns: [
    column('ordinal', 'STT', 'No.', 10, 'center'),
    column('symbol', 'Số, ký hiệu', 'Number and symbol', 28),
    column('date', 'Ngày tháng', 'Date', 20, 'center'),
    column('title', 'Tên loại và trích yếu nội dung', 'Type and abstract', 54),
    column('secrecy', 'Độ mật', 'Level', 16, 'center'),
    column('signer', 'Người ký', 'Signer', 26),
    column('recipients', 'Nơi nhận', 'Recipients', 34),
    column('receipts', 'Ký nhận', 'Receipts', 24),
    column('keeper', 'Đơn vị lưu', 'Kept by', 20),
    column('copies', 'Số lượng', 'Copies', 12, 'center'),
    column('note', 'Ghi chú', 'Note', 18),
  ],
  basis: secrets,
} as const satisfies RegisterForm;

/** Sổ đăng ký bí mật nhà nước đến. */
export const secretIncomingForm = {
  title: 'SỔ ĐĂNG KÝ BÍ MẬT NHÀ NƯỚC ĐẾN',
  en: 'Register of incoming State secrets',
  columns: [
    column('ordinal', 'STT', 'No.', 10, 'center'),
    column('arrivalDate', 'Ngày đến', 'Arrived on', 20, 'center'),
    column('arrivalNumber', 'Số đến', 'Arrival number', 14, 'center'),
    column('author', 'Cơ quan ban hành', 'Author', 40),
    column('symbol', 'Số, ký hiệu', 'Number and symbol', 28),
    column('date', 'Ngày tháng', 'Date', 20, 'center'),
    column('title', 'Tên loại', 'Type', 48),
    column('secrecy', 'Độ mật', 'Level', 16, 'center'),
    column('receiver', 'Người nhận', 'Received by', 28),
    column('receipt', 'Ký nhận', 'Receipt', 20),
    column('note', 'Ghi chú', 'Note', 18),
  ],
  basis: secrets,
} as const satisfies RegisterForm;

/** Keys of the columns of each register that is read page by page. */
export interface RegisterColumns {
  readonly outgoing: (typeof outgoingForm)['columns'][number]['key'];
  readonly incoming: (typeof incomingForm)['columns'][number]['key'];
  readonly handling: (typeof handlingForm)['columns'][number]['key'];
}
