import type { Certificate, Signer } from '#pki';
import type { PersonActor } from '#platform';

import type { ReachedLevel } from '../../trust/timestamps';
import type { DocumentRow, FileRow } from '../document-row';
import type { ConsentedDocument, ConsentedFile, SigningPurpose } from './signing-operation';

/** What all documents of one confirmation share: one PIN, one key, one image. */
export interface SigningBatch {
  readonly actor: PersonActor;
  readonly operationId: string;
  readonly purpose: SigningPurpose;
  readonly signer: Signer;
  /** Handwriting of the person or red seal of the agency, transparent PNG. */
  readonly image: Uint8Array;
}

/** One document of the list, as consented and as it stands. */
export interface BatchDocument {
  readonly consent: ConsentedDocument;
  readonly row: DocumentRow;
  readonly files: readonly { readonly consent: ConsentedFile; readonly row: FileRow }[];
  /** Certificate of the personal signature below the agency's; null while there is none. */
  readonly personalCertificate: Certificate | null;
}

/** What became of one document of the list. */
export interface SigningOutcome {
  readonly documentId: string;
  readonly outcome: 'signed' | 'failed';
  /** B-B: signed without a time-stamp, because the authority was away. */
  readonly level?: ReachedLevel;
  readonly code?: string;
  readonly message?: { readonly vi: string; readonly en: string };
}
