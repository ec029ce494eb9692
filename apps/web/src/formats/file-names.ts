/** Marks that change direction or hide (Unicode UAX #9): a name that ends in `\u202efdp.exe` reads as `exe.pdf`. */
const deceiving = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The name of a file on this machine as it is, every deceiving mark to be seen. */
export const shownName = (name: string): string => name.replaceAll(deceiving, '\ufffd');
