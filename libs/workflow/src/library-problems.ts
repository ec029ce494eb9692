import type { ProblemCatalogue } from '#platform';
import { pdfMessages } from '#pdf';
import { pkiProblems } from '#pki';
import { signingMessages } from '#signing';

/** Where an uploaded file is at fault the request is (422); where the node's own means are, the node is (503). */
const statuses: Readonly<Record<string, number>> = {
  FONT_DAMAGED: 500,
  FONT_GLYPH_MISSING: 422,
  KEY_MISMATCH: 409,
  SIGNING_FAILED: 500,
  TSA_BAD_TOKEN: 503,
  TSA_REJECTED: 503,
  TSA_UNAVAILABLE: 503,
};

/** The pure libs tell what happened; over HTTP each code also needs a status. */
export const libraryProblems: ProblemCatalogue = Object.fromEntries(
  Object.entries({ ...pkiProblems, ...pdfMessages, ...signingMessages }).map(([code, message]) => [
    code,
    { status: statuses[code] ?? 422, vi: message.vi, en: message.en },
  ]),
);
