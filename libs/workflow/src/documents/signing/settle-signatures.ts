import type { AuditAction, AuditEvent, AuditTrail } from '#audit';
import type { Clock, Tx } from '#platform';

import { applyTransition } from '../../state-machine';
import type { DocumentAccess } from '../document-access';
import type { DocumentRow, FileRow } from '../document-row';
import { documentTable } from '../document-row';
import { outgoingMachine } from '../outgoing-machine';
import { tellOfDocument } from '../tell-of-document';
import type { SignedFile } from './keep-signatures';
import { keepSignatures, reachedLevel } from './keep-signatures';
import type { BatchDocument, SigningBatch } from './signing-batch';

/** What a kind of signature does to its document. */
interface SigningStep {
  readonly event: 'person_sign' | 'agency_sign';
  readonly stage: FileRow['stage'];
  readonly action: AuditAction;
  /** What the trail says beside the level reached. */
  readonly details: (row: DocumentRow) => AuditEvent['details'];
}

interface Services {
  readonly documents: DocumentAccess;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

/** Locks the document, moves it, keeps its signed files and writes the trail: the one transaction of a signature. */
export async function settleSignatures(
  tx: Tx,
  { documents, audit, clock }: Services,
  batch: SigningBatch,
  document: BatchDocument,
  { files, step }: { readonly files: readonly SignedFile[]; readonly step: SigningStep },
): Promise<void> {
  const row = await documents.lock(tx, document.row.id, document.consent.version);
  const at = clock.now();
  const after = await applyTransition(tx, outgoingMachine, { ...documentTable, row }, step.event, {
    changed_at: at,
  });
  await keepSignatures(tx, batch, document, { files, stage: step.stage, at });
  if (step.event === 'person_sign')
    await tellOfDocument(tx, after, 'document.signed', { people: [row.drafter_id], roles: ['clerk'] }, at);
  const main = files.find(({ file }) => file.consent.role === 'main');
  await audit.record(
    batch.actor,
    {
      action: step.action,
      outcome: 'success',
      documentId: row.id,
      subject: { type: 'signing-operation', id: batch.operationId },
      ...(main && { before: main.file.consent.digest, after: main.blob.sha256 }),
      details: { ...step.details(row), level: reachedLevel(files) },
    },
    { within: tx },
  );
}
