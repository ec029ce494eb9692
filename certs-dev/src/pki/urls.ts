import type { PkiAuthorityId, PkiServices } from '#directory';

/** Where the development server listens, and what the certificates therefore say. */
export const developmentPort = 7318;

/** Addresses written into certificates, below e.g. `http://127.0.0.1:7318`. */
export interface PkiUrls extends PkiServices {
  crlOf(id: PkiAuthorityId): string;
  certificateOf(id: PkiAuthorityId): string;
}

export function pkiUrls(port: number): PkiUrls {
  const base = `http://127.0.0.1:${port}`;
  return {
    tsa: `${base}/tsa`,
    ocsp: `${base}/ocsp`,
    crl: `${base}/crl`,
    crlOf: (id) => `${base}/crl/${id}.crl`,
    certificateOf: (id) => `${base}/ca/${id}.cer`,
  };
}
