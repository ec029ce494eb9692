import { hash, randomBytes } from 'node:crypto';
import { PkiError, derWriter, encodeSignatureAlgorithm, oids, parseTimestampRequest } from '#pki';
import type { TimestampRequest } from '#pki';
import type { LoadedAuthority } from '../pki/load';

const {
  derBitString,
  derExplicit,
  derImplicit,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derUtf8String,
  tlv,
} = derWriter;

/** Policy of the development time-stamping authority. */
const timestampPolicy = '2.999.84.3';

const digestLengths = { 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 } as const;
const digestOids = { 'SHA-256': oids.sha256, 'SHA-384': oids.sha384, 'SHA-512': oids.sha512 } as const;

/** Bits of PKIFailureInfo (RFC 3161 §2.4.2). */
const failures = { badAlg: 0, badDataFormat: 5, unacceptedPolicy: 15 } as const;

export interface TimestampAuthority {
  /** Answers a TimeStampReq with a TimeStampResp, DER; a bad request with a rejection. */
  answer(request: Uint8Array, now: Date): Uint8Array;
}

/** An RFC 3161 authority that signs with ECDSA P-256 over SHA-256. */
export function timestampAuthority(authority: LoadedAuthority): TimestampAuthority {
  const { key, certificate } = authority;
  const { issuer, serialNumber, der: certificateDer } = certificate;
  const serial = derInteger(Buffer.from(serialNumber, 'hex'));
  const fixed = {
    signerId: derSequence(issuer.der, serial),
    digestAlgorithm: derSequence(derOid(oids.sha256)),
    signatureAlgorithm: encodeSignatureAlgorithm(key.algorithm),
    contentType: attribute(oids.contentType, derOid(oids.tstInfo)),
    signingCertificate: attribute(
      oids.signingCertificateV2,
      essCertificateId(certificateDer, issuer.der, serial),
    ),
    certificates: derImplicit(0, derSetOf(certificateDer)),
  };

  function tokenFor(info: Uint8Array, options: { readonly withCertificate: boolean }): Uint8Array {
    const signedAttributes = derSetOf(
      fixed.contentType,
      attribute(oids.messageDigest, derOctetString(hash('sha256', info, 'buffer'))),
      fixed.signingCertificate,
    );
    const signerInfo = derSequence(
      derInteger(1),
      fixed.signerId,
      fixed.digestAlgorithm,
      derImplicit(0, signedAttributes),
      fixed.signatureAlgorithm,
      derOctetString(key.signNow(signedAttributes)),
    );
    const signedData = derSequence(
      derInteger(3),
      derSetOf(fixed.digestAlgorithm),
      derSequence(derOid(oids.tstInfo), derExplicit(0, derOctetString(info))),
      options.withCertificate ? fixed.certificates : undefined,
      derSetOf(signerInfo),
    );
    return derSequence(derOid(oids.signedData), derExplicit(0, signedData));
  }

  return {
    answer(der, now): Uint8Array {
      let request: TimestampRequest;
      try {
        request = parseTimestampRequest(der);
      } catch (error) {
        if (!(error instanceof PkiError)) throw error;
        return rejection(error.code === 'ALGORITHM_UNSUPPORTED' ? 'badAlg' : 'badDataFormat', error.message);
      }
      const imprint = imprintOf(request);
      if (imprint === undefined) return rejection('badAlg', 'imprint is not SHA-256, SHA-384 or SHA-512');
      if (request.policy !== undefined && request.policy !== timestampPolicy)
        return rejection('unacceptedPolicy', `the one policy is ${timestampPolicy}`);
      const info = timestampInfo(imprint, request.nonce, now);
      const granted = derSequence(derInteger(0));
      return derSequence(granted, tokenFor(info, { withCertificate: request.certReq }));
    },
  };
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return derSequence(derOid(type), derSetOf(value));
}

/** SigningCertificateV2 with SHA-256, its default (RFC 5816, RFC 5035 §3). */
function essCertificateId(certificate: Uint8Array, issuer: Uint8Array, serial: Uint8Array): Uint8Array {
  const issuerSerial = derSequence(derSequence(derExplicit(4, issuer)), serial);
  const id = derSequence(derOctetString(hash('sha256', certificate, 'buffer')), issuerSerial);
  return derSequence(derSequence(id));
}

/** MessageImprint, DER; undefined for digests that are not accepted. */
function imprintOf({ imprint }: TimestampRequest): Uint8Array | undefined {
  const { hash: algorithm, digest } = imprint;
  if (algorithm === 'SHA-1' || digest.length !== digestLengths[algorithm]) return undefined;
  return derSequence(derSequence(derOid(digestOids[algorithm])), derOctetString(digest));
}

/** TSTInfo (RFC 3161 §2.4.2), good to one second. */
function timestampInfo(imprint: Uint8Array, nonce: string | undefined, now: Date): Uint8Array {
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  return derSequence(
    derInteger(1),
    derOid(timestampPolicy),
    imprint,
    derInteger(serial),
    preciseTime(now),
    derSequence(derInteger(1)),
    // Octet for octet as in the request.
    nonce === undefined ? undefined : tlv(0x02, Buffer.from(nonce, 'hex')),
  );
}

/** GeneralizedTime with milliseconds; DER wants no trailing zeros, and no point without digits. */
function preciseTime(time: Date): Uint8Array {
  const [seconds = '', milliseconds = ''] = time
    .toISOString()
    .replace(/[-:T]|Z$/g, '')
    .split('.');
  const fraction = milliseconds.replace(/0+$/, '');
  return tlv(0x18, Buffer.from(`${seconds}${fraction === '' ? '' : `.${fraction}`}Z`, 'latin1'));
}

function rejection(failure: keyof typeof failures, text: string): Uint8Array {
  const bit = failures[failure];
  const info = Buffer.alloc(Math.floor(bit / 8) + 1);
  info.writeUInt8(0x80 >> (bit % 8), info.length - 1);
  return derSequence(
    derSequence(derInteger(2), derSequence(derUtf8String(text)), derBitString(info, 7 - (bit % 8))),
  );
}
