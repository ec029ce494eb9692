/** What can go wrong in libs/pki, as a closed list; path failures are results, not errors (see path/result.ts). */
export type PkiErrorCode =
  | 'DER_MALFORMED'
  | 'DER_NOT_CANONICAL'
  | 'DER_LIMIT_EXCEEDED'
  | 'PEM_MALFORMED'
  | 'CERTIFICATE_MALFORMED'
  | 'KEY_MALFORMED'
  | 'KEY_UNSUPPORTED'
  | 'KEY_MISMATCH'
  | 'ALGORITHM_UNSUPPORTED'
  | 'SIGNING_FAILED'
  | 'CMS_MALFORMED'
  | 'CRL_MALFORMED'
  | 'CRL_TOO_LARGE'
  | 'OCSP_MALFORMED'
  | 'OCSP_REJECTED'
  | 'SOURCE_UNRECOGNISED'
  | 'SOURCE_TOO_LARGE'
  | 'FETCH_RULE_INVALID'
  | 'FETCH_REFUSED'
  | 'FETCH_FAILED'
  | 'FETCH_TOO_LARGE'
  | 'FETCH_TIMED_OUT'
  | 'ANSWER_UNUSABLE'
  | 'TRUST_LIST_MALFORMED'
  | 'TRUST_LIST_UNTRUSTED'
  | 'TSA_UNAVAILABLE'
  | 'TSA_REJECTED'
  | 'TSA_BAD_TOKEN'
  | 'PKCS12_WRONG_PASSWORD'
  | 'PKCS12_DAMAGED'
  | 'PKCS12_NO_KEY'
  | 'PKCS12_UNSUPPORTED'
  | 'PKCS11_UNAVAILABLE'
  | 'TOKEN_MODULE_FAILED'
  | 'TOKEN_NOT_FOUND'
  | 'TOKEN_AMBIGUOUS'
  | 'TOKEN_KEY_NOT_FOUND'
  | 'TOKEN_PIN_WRONG'
  | 'TOKEN_PIN_FORM'
  | 'TOKEN_PIN_EXPIRED'
  | 'TOKEN_PIN_LOCKED'
  | 'TOKEN_PIN_NEEDED'
  | 'TOKEN_REMOVED'
  | 'TOKEN_IN_USE'
  | 'TOKEN_SESSION_CLOSED'
  | 'TOKEN_CANCELLED'
  | 'TOKEN_UNSUPPORTED'
  | 'TOKEN_DATA_REFUSED'
  | 'TOKEN_FAILED';

export type PkiErrorDetail = Readonly<Record<string, string | number | boolean>>;

/** The one error class of this lib. `message` is for developers; show persons `pkiProblems[code]`. */
export class PkiError extends Error {
  override readonly name = 'PkiError';
  readonly detail: PkiErrorDetail | undefined;

  constructor(
    readonly code: PkiErrorCode,
    message: string,
    options?: ErrorOptions & { readonly detail?: PkiErrorDetail },
  ) {
    super(message, options);
    this.detail = options?.detail;
  }
}

/** Runs a parser; whatever DER error comes out is reported under the structure's own code. */
export function parsingAs<T>(code: PkiErrorCode, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof PkiError && error.code.startsWith('DER_')) {
      throw new PkiError(code, error.message, { cause: error });
    }
    throw error;
  }
}
