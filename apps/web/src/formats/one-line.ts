/** A text of one line, whatever was pasted: PDFs break lines where their pages do. */
export const oneLine = (text: string): string => text.replace(/[^\S ]*[\r\n]+\s*/g, ' ');
