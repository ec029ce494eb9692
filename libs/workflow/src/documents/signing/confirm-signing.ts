import { Inject, Injectable } from '@nestjs/common';
import { KeyVault, SignatureImages } from '#access';
import { AuditTrail } from '#audit';
import type { Signer } from '#pki';
import { parseCertificate } from '#pki';
import type { PersonActor, Tx } from '#platform';
import { Clock, isId, LOGGER, UnitOfWork } from '#platform';
import type { Logger } from 'pino';

import { workflowProblems, WorkflowError } from '../../errors';
import type { CertificateFault } from '../../trust/trust-service';
import { TrustService } from '../../trust/trust-service';
import { Authors } from '../author';
import { DocumentAccess } from '../document-access';
import { filesOf } from '../document-row';
import { failureCode } from './failure-code';
import { inParallel } from './in-parallel';
import { SignAsAgency } from './sign-as-agency';
import { SignAsPerson } from './sign-as-person';
import type { BatchDocument, SigningBatch, SigningOutcome } from './signing-batch';
import type { SigningOperationRow } from './signing-operation';
import { claimOperation, findOperation } from './signing-operation';

/** Documents of one list that are worked at the same time: enough to overlap the time-stamps. */
const parallel = 4;

interface OpenedOperation {
  readonly operation: SigningOperationRow;
  readonly documents: readonly BatchDocument[];
  readonly image: Uint8Array | undefined;
}

/**
 * Signs what was prepared: one PIN opens the key once for the whole list. A wrong PIN signs nothing and
 * leaves the operation open until it expires; the right one uses it up.
 */
@Injectable()
export class ConfirmSigning {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: DocumentAccess,
    private readonly authors: Authors,
    private readonly audit: AuditTrail,
    private readonly vault: KeyVault,
    private readonly images: SignatureImages,
    private readonly trust: TrustService,
    private readonly asPerson: SignAsPerson,
    private readonly asAgency: SignAsAgency,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async run(actor: PersonActor, operationId: string, pin: string): Promise<readonly SigningOutcome[]> {
    const { operation, documents, image } = await this.unitOfWork.run(actor, (tx) =>
      this.open(tx, actor, operationId),
    );
    const key = await this.unlock(actor, operation, pin);
    const claimed = await this.unitOfWork.run(actor, (tx) =>
      claimOperation(tx, operationId, this.clock.now()),
    );
    if (!claimed) throw new WorkflowError('OPERATION_USED');
    const { purpose } = operation;
    return inParallel(parallel, documents, (document) =>
      this.outcome(actor, operation, document, async () => {
        if (typeof key === 'string') throw new WorkflowError(key);
        if (image === undefined) throw new WorkflowError('SIGNATURE_IMAGE_MISSING');
        const batch: SigningBatch = { actor, operationId, purpose, signer: key, image };
        const sign = purpose === 'personal' ? this.asPerson : this.asAgency;
        return sign.run(batch, document);
      }),
    );
  }

  private async open(tx: Tx, actor: PersonActor, operationId: string): Promise<OpenedOperation> {
    const operation = isId(operationId) ? await findOperation(tx, operationId) : undefined;
    if (operation?.person_id !== actor.personId || operation.session_id !== actor.sessionId) {
      throw new WorkflowError('OPERATION_NOT_FOUND');
    }
    if (operation.used_at !== null) throw new WorkflowError('OPERATION_USED');
    if (operation.expires_at <= this.clock.now()) throw new WorkflowError('OPERATION_EXPIRED');
    const owner = ownerOf(actor, operation);
    const documents = await this.documentsOf(tx, operation);
    // The day may have turned since it was prepared.
    await this.authors.stillInForce(
      tx,
      documents.map(({ row }) => row),
    );
    return { operation, documents, image: await this.images.of(tx, owner) };
  }

  private async documentsOf(tx: Tx, { items, purpose }: SigningOperationRow): Promise<BatchDocument[]> {
    const ids = items.map(({ documentId }) => documentId);
    const rows = new Map((await this.access.readAll(tx, ids)).map((row) => [row.id, row]));
    const files = new Map((await filesOf(tx, ids)).map((file) => [file.id, file]));
    const certificates =
      purpose === 'agency' ? await personalCertificates(tx, ids) : new Map<string, Buffer>();
    return items.flatMap((consent) => {
      const row = rows.get(consent.documentId);
      if (row === undefined) return [];
      const consented = consent.files.flatMap((file) => {
        const found = files.get(file.fileId);
        return found ? [{ consent: file, row: found }] : [];
      });
      const certificate = certificates.get(row.id);
      return [
        {
          consent,
          row,
          files: consented,
          personalCertificate: certificate ? parseCertificate(certificate) : null,
        },
      ];
    });
  }

  /** The opened key, or why its certificate may sign nothing: then no PIN is asked of the vault. */
  private async unlock(
    actor: PersonActor,
    operation: SigningOperationRow,
    pin: string,
  ): Promise<Signer | CertificateFault> {
    const [key] = await this.vault.keysOf(actor, ownerOf(actor, operation), 'signing');
    if (key === undefined) throw new WorkflowError('SIGNING_KEY_MISSING');
    const purpose = operation.purpose === 'personal' ? 'document-signing' : 'agency-signing';
    const fault = await this.trust.signingFault(key.certificate, purpose);
    return fault ?? this.vault.unlock(actor, key.id, pin);
  }

  private async outcome(
    actor: PersonActor,
    operation: SigningOperationRow,
    document: BatchDocument,
    sign: () => Promise<'B-T' | 'B-B'>,
  ): Promise<SigningOutcome> {
    const documentId = document.row.id;
    try {
      return { documentId, outcome: 'signed', level: await sign() };
    } catch (error) {
      const code = failureCode(error) ?? 'INTERNAL_ERROR';
      if (code === 'INTERNAL_ERROR') this.logger.error({ err: error, documentId }, 'signing failed');
      await this.audit.record(actor, {
        action:
          operation.purpose === 'personal' ? 'document.person_signed' : 'document.agency_signature_failed',
        outcome: 'failed',
        documentId,
        subject: { type: 'signing-operation', id: operation.id },
        code,
      });
      const message = workflowProblems[code];
      return {
        documentId,
        outcome: 'failed',
        code,
        ...(message && { message: { vi: message.vi, en: message.en } }),
      };
    }
  }
}

function ownerOf(
  actor: PersonActor,
  { purpose, agency_id }: SigningOperationRow,
): { kind: 'person' | 'agency'; id: string } {
  return purpose === 'personal' ? { kind: 'person', id: actor.personId } : { kind: 'agency', id: agency_id };
}

/** Certificates of the latest personal signatures, by document. */
async function personalCertificates(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const rows = await tx.query<{ document_id: string; certificate: Buffer }>(
    `SELECT DISTINCT ON (document_id) document_id, certificate FROM workflow.signature
     WHERE document_id = ANY($1::uuid[]) AND kind = 'personal' ORDER BY document_id, signed_at DESC`,
    [documentIds],
  );
  return new Map(rows.map((row) => [row.document_id, row.certificate]));
}
