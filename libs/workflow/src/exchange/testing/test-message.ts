import type { Signer } from '#pki';
import { newId } from '#platform';

import type { IssuedDocument } from '../../issued-document';
import { stateEvidence } from '../evidence/state-evidence';
import { envelopeBytes } from '../messages/envelope';
import type { Manifest } from '../messages/manifest';
import { makeManifest, manifestBytes } from '../messages/manifest';
import { sha256Hex } from '../../bytes-as-text';
import type { Party } from '../statements/parties';
import { signStatement } from '../statements/signed-statement';

export interface TestFile {
  readonly bytes: Uint8Array;
  readonly pages: number;
  readonly blobId?: string;
}

export function issuedDocument(
  sender: Party,
  files: readonly TestFile[],
  given: Partial<IssuedDocument> = {},
): IssuedDocument {
  return {
    documentId: newId(),
    agencyId: newId(),
    agencyCode: sender.code,
    bodyId: newId(),
    number: '57',
    symbol: '57-NQ/TW',
    issuedOn: '2026-11-21',
    typeCode: 'NQ',
    abstract: 'Về chuyển đổi số trong các cơ quan Đảng',
    secrecy: 'THUONG',
    urgency: 1,
    urgencyAt: null,
    files: files.map(({ bytes, pages, blobId }, index) => ({
      fileId: newId(),
      blobId: blobId ?? newId(),
      role: index === 0 ? 'main' : 'annex',
      title: index === 0 ? 'Nghị quyết' : `Phụ lục ${index}`,
      sha256: sha256Hex(bytes),
      size: bytes.length,
      pageCount: pages,
      mediaType: 'application/pdf',
    })),
    ...given,
  };
}

export interface TestMessage {
  readonly manifest: Manifest;
  readonly manifestSha256: string;
  readonly manifestCms: Uint8Array;
  readonly submission: Uint8Array;
  readonly envelope: Uint8Array;
}

/** A message as a sender makes it; `change` alters the manifest before it is signed. */
export async function testMessage(
  signer: Signer,
  input: {
    readonly sender: Party;
    readonly recipient: Party;
    readonly files: readonly TestFile[];
    readonly at: Date;
    readonly change?: (manifest: Manifest) => Manifest;
  },
): Promise<TestMessage> {
  const { sender, recipient, files, at } = input;
  const made = makeManifest(issuedDocument(sender, files), { id: newId(), createdAt: at, sender, recipient });
  const manifest = input.change?.(made) ?? made;
  const bytes = manifestBytes(manifest);
  const manifestSha256 = sha256Hex(bytes);
  const manifestCms = await signStatement(signer, bytes);
  const { der } = await stateEvidence(
    signer,
    { manifest, manifestSha256 },
    { id: newId(), event: 'A.1', time: at, details: { submission: { index: 1, of: 1 } } },
  );
  const envelope = envelopeBytes({ kind: 'document', manifest: manifestCms, submission: der });
  return { manifest, manifestSha256, manifestCms, submission: der, envelope };
}
