import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { openPdf } from '#pdf';
import { readPageText } from '#pdf/node';
import type { PersonActor } from '#platform';
import { BlobStore, Clock, UnitOfWork } from '#platform';

import type { WorkflowErrorCode } from '../../errors';
import { WorkflowError, workflowProblems } from '../../errors';
import { applyTransition, nextState } from '../../state-machine';
import { DocumentAccess, requireDrafter, requireOwnAgency } from '../document-access';
import type { DocumentRow } from '../document-row';
import { documentTable, filesOf } from '../document-row';
import { outgoingMachine } from '../outgoing-machine';
import type { Layout, PartPlace, PlacedPart } from './layout';
import { coveredText, placedParts } from './layout';

export interface PlacedParts {
  readonly layout: Layout;
  readonly warnings: readonly LayoutWarning[];
}

interface LayoutWarning {
  readonly part: PlacedPart;
  readonly code: 'PLACE_COVERS_TEXT';
  /** What would be covered. */
  readonly text: string;
  readonly vi: string;
  readonly en: string;
}

/** Where number, date and signatures will stand, as a person put them; a part left out is placed by itself. */
@Injectable()
export class PlaceParts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError MAIN_FILE_MISSING, PLACE_OFF_PAGE naming each part, TRANSITION_NOT_ALLOWED, NOT_YOUR_DRAFT */
  async run(
    actor: PersonActor,
    documentId: string,
    given: { readonly [Part in PlacedPart]?: PartPlace | null },
    version?: number,
  ): Promise<PlacedParts> {
    const layout: Layout = Object.fromEntries(
      placedParts.flatMap((part) => (given[part] ? [[part, given[part]] as const] : [])),
    );
    const { row, blobId } = await this.unitOfWork.run(actor, async (tx) => {
      const read = await this.documents.lock(tx, documentId, version);
      mayPlace(actor, read);
      const main = (await filesOf(tx, [documentId])).find(({ role }) => role === 'main');
      if (main === undefined) throw new WorkflowError('MAIN_FILE_MISSING');
      return { row: read, blobId: main.blob_id };
    });
    const bytes = await this.blobs.get(blobId);
    refuseOffPage(layout, bytes);
    await this.unitOfWork.run(actor, async (tx) => {
      const locked = await this.documents.lock(tx, documentId, row.version);
      await applyTransition(tx, outgoingMachine, { ...documentTable, row: locked }, 'place', {
        layout: JSON.stringify(layout),
        changed_at: this.clock.now(),
      });
      await this.audit.record(
        actor,
        {
          action: 'document.placed',
          outcome: 'success',
          documentId,
          details: { parts: Object.keys(layout).join(', ') },
        },
        { within: tx },
      );
    });
    return { layout, warnings: await warningsFor(layout, bytes) };
  }
}

function mayPlace(actor: PersonActor, row: DocumentRow): void {
  nextState(outgoingMachine, row.state, 'place', { subject: row, actor });
  requireOwnAgency(actor, row);
  if (!actor.roles.includes('clerk')) requireDrafter(actor, row);
}

function refuseOffPage(layout: Layout, bytes: Uint8Array): void {
  const pages = [...openPdf(bytes).latest.pages()];
  const message = workflowProblems['PLACE_OFF_PAGE' satisfies WorkflowErrorCode];
  const errors = placedParts.flatMap((part) => {
    const place = layout[part];
    if (place === undefined || message === undefined) return [];
    const page = pages[place.page - 1];
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = page?.cropBox ?? [];
    const isOn = page !== undefined && place.x + place.width <= x2 - x1 && place.y + place.height <= y2 - y1;
    return isOn ? [] : [{ field: part, code: 'PLACE_OFF_PAGE', vi: message.vi, en: message.en }];
  });
  if (errors.length > 0) throw new WorkflowError('PLACE_OFF_PAGE', { errors });
}

async function warningsFor(layout: Layout, bytes: Uint8Array): Promise<LayoutWarning[]> {
  const wanted = placedParts.flatMap((part) => layout[part]?.page ?? []);
  const pages = await readPageText(bytes, { pages: wanted, timeoutMs: 5000 }).then(
    (text) => text.pages,
    () => [],
  );
  return placedParts.flatMap((part): LayoutWarning[] => {
    const place = layout[part];
    const page = pages.find((candidate) => candidate.page === place?.page);
    const text = place && page ? coveredText(place, page) : null;
    if (text === null) return [];
    const said = text.slice(0, 80);
    return [
      {
        part,
        code: 'PLACE_COVERS_TEXT',
        text,
        vi: `Vị trí này che chữ trên trang: “${said}”. Hãy dịch chỗ khác nếu cần.`,
        en: `This place covers text of the page: “${said}”. Move it if that matters.`,
      },
    ];
  });
}
