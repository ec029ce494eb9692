import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';

import { get, ProblemError, send } from '../../api/client';
import type { BodyChoices, DocumentDetail, DocumentSummary } from '../../api/types';
import { isWhole } from '../../parts/signer-fields';
import { useToast } from '../../parts/toasts';
import type { DraftFields } from './draft-fields';
import { bodyOf, emptyDraft, fieldsOf, goesOnPaper } from './draft-fields';
import type { Queue } from './queue';
import { useQueue } from './queue';
import { readForm } from './read-form';

export type NamedField = 'body' | 'type' | 'abstract' | 'urgencyAt' | 'signer' | 'paperReason';

export interface Draft {
  readonly fields: DraftFields;
  readonly change: (patch: Partial<DraftFields>) => void;
  /** Fields filled by reading a file that nobody has touched yet. */
  readonly read: ReadonlySet<keyof DraftFields>;
  /** Takes files in; the main one is read, and what it says is filled in where nothing stands yet. */
  readonly addFiles: (files: readonly File[]) => void;
  readonly reading: 'not-yet' | 'running' | 'filled' | 'nothing-new';
  readonly queue: Queue;
  /** What is missing; empty until one tries to save. */
  readonly missing: readonly NamedField[];
  readonly isSaving: boolean;
  readonly refusal: unknown;
  /** Whether somebody else has changed the document since this form was filled from it. */
  readonly isOutdated: boolean;
  readonly save: (then: 'stay' | 'submit') => void;
}

/** Everything the form holds, and its way to the server: the document, then its files, then its submission. */
export function useDraft(bodies: readonly BodyChoices[], document: DocumentDetail | undefined): Draft {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tell = useToast();
  const [, go] = useLocation();
  const queue = useQueue();
  const [fields, setFields] = useState(() =>
    document
      ? fieldsOf(document)
      : { ...emptyDraft, bodyId: bodies.length === 1 ? (bodies[0]?.id ?? '') : '' },
  );
  const [read, setRead] = useState<ReadonlySet<keyof DraftFields>>(new Set());
  // Opened by a first save whose files did not all arrive: the next one changes it.
  const [opened, setOpened] = useState<DocumentDetail>();
  const [hasTried, setTried] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [reading, setReading] = useState<Draft['reading']>('not-yet');
  const [refusal, setRefusal] = useState<unknown>(null);
  const [base] = useState(document);
  // A file that comes or goes makes a new version as well, but says nothing else than the form.
  const isAsBefore =
    document && base && JSON.stringify(fieldsOf(document)) === JSON.stringify(fieldsOf(base));
  const known = opened ?? (isAsBefore ? document : base);
  const missing = missingIn(fields, bodies);

  const saveAll = async (then: 'stay' | 'submit'): Promise<void> => {
    setTried(true);
    setRefusal(null);
    if (missing.length > 0) return;
    setSaving(true);
    try {
      // After a lost connection nobody here knows what of the last try has arrived.
      const last = opened && isLost(refusal) ? await unlessChanged(opened) : known;
      const { id } = last
        ? await send<DocumentSummary>('PATCH', `/documents/${last.id}`, bodyOf(fields, null), last)
        : await send<DocumentSummary>('POST', '/documents', bodyOf(fields, undefined));
      const saved = await get<DocumentDetail>(`/documents/${id}`);
      setOpened(saved);
      const isWholeNow = await queue.send(saved.id);
      if (!isWholeNow) {
        // Each file that arrived has changed the row.
        setOpened(await get<DocumentDetail>(`/documents/${saved.id}`));
        setRefusal('UPLOADS');
        return;
      }
      if (then === 'submit') await send('POST', `/documents/${saved.id}/submit`);
      tell(t(then === 'submit' ? 'draft.submitted' : 'draft.saved'));
      go(`/outgoing/${saved.id}`);
    } catch (error) {
      setRefusal(error);
    } finally {
      setSaving(false);
      await queries.invalidateQueries({
        predicate: ({ queryKey: [kind] }) => kind === 'document' || kind === 'list',
      });
    }
  };
  const fill = async (main: File): Promise<void> => {
    setReading('running');
    try {
      const patch = await readForm(main, fields, bodies);
      const names = Object.keys(patch) as (keyof DraftFields)[];
      setFields((before) => ({ ...before, ...patch }));
      setRead((before) => new Set([...before, ...names]));
      setReading(names.length > 0 ? 'filled' : 'nothing-new');
    } catch {
      // A paper that says nothing, or that will be refused as a file with its reason when it is uploaded.
      setReading('nothing-new');
    }
  };
  return {
    fields,
    change: (patch) => {
      setFields((before) => ({ ...before, ...patch }));
      setRead((before) => new Set([...before].filter((name) => !(name in patch))));
    },
    read,
    addFiles: (files) => {
      const hasMain = document?.files.some(({ role }) => role === 'main') ?? false;
      const isFirst = !hasMain && !queue.files.some(({ role }) => role === 'main');
      queue.add(files, hasMain);
      const main = isFirst ? files.find(({ name }) => /\.pdf$/i.test(name)) : undefined;
      if (main) void fill(main);
    },
    reading,
    queue,
    missing: hasTried ? missing : [],
    isSaving,
    refusal,
    isOutdated: refusal instanceof ProblemError && refusal.problem.code === 'VERSION_CONFLICT',
    save: (then) => void saveAll(then),
  };
}

const isLost = (refusal: unknown): boolean =>
  refusal instanceof ProblemError && refusal.problem.code === 'OFFLINE';

/** The document as it stands, where only files have come since; else as it was, for the server to refuse. */
async function unlessChanged(before: DocumentDetail): Promise<DocumentDetail> {
  const now = await get<DocumentDetail>(`/documents/${before.id}`);
  return JSON.stringify(fieldsOf(now)) === JSON.stringify(fieldsOf(before)) ? now : before;
}

/** What the server would refuse for being empty. */
function missingIn(fields: DraftFields, bodies: readonly BodyChoices[]): readonly NamedField[] {
  const body = bodies.find(({ id }) => id === fields.bodyId);
  const missing: NamedField[] = [];
  if (!body) missing.push('body');
  if (!body?.types.some(({ code }) => code === fields.typeCode)) missing.push('type');
  if (fields.secrecy !== 'TUYET_MAT' && fields.abstract.trim() === '') missing.push('abstract');
  if (fields.urgency === 4 && fields.urgencyAt === '') missing.push('urgencyAt');
  if (!isWhole(body?.signers ?? [], fields.signer)) missing.push('signer');
  if (goesOnPaper(fields) && fields.paperReason.trim().length < 3) missing.push('paperReason');
  return missing;
}
