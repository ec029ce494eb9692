import type { Directory } from '#directory';
import type { Tx } from '#platform';

import { channelRules, documentType } from '../../rules';
import type { DocumentRow } from '../document-row';
import type { FrozenContent } from '../drafting/frozen-draft';

/** Parts of a draft that a person would call by name. */
type ChangedField =
  Exclude<keyof FrozenContent, 'files' | 'capacity' | 'recipients' | 'paperRecipients'> | 'recipients';

/**
 * One part of the draft, as it was and as it is: names of body, type and post in words, secrecy and urgency by their
 * codes, times as ISO 8601. Of recipients only those that went (before) and those that came (after).
 */
export interface FieldChange {
  readonly field: ChangedField;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What is said differently, in the order in which a form asks for it. */
export async function fieldChanges(
  tx: Tx,
  directory: Directory,
  row: Pick<DocumentRow, 'bloc'>,
  { before, after }: { readonly before: FrozenContent; readonly after: FrozenContent },
): Promise<FieldChange[]> {
  const words = {
    before: await wordsOf(tx, directory, row, before),
    after: await wordsOf(tx, directory, row, after),
  };
  return fields.flatMap((field): FieldChange[] => {
    const [was, is] = [words.before[field], words.after[field]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    if (field !== 'recipients') return [{ field, before: was, after: is }];
    const gone = was.filter((name) => !is.includes(name));
    const come = is.filter((name) => !was.includes(name));
    return gone.length + come.length === 0 ? [] : [{ field, before: gone, after: come }];
  });
}

const fields = [
  'bodyId',
  'typeCode',
  'abstract',
  'secrecy',
  'urgency',
  'urgencyAt',
  'unitSymbol',
  'signerPostId',
  'signatureBlock',
  'recipients',
  'paperReason',
] as const satisfies readonly ChangedField[];

async function wordsOf(
  tx: Tx,
  directory: Directory,
  { bloc }: Pick<DocumentRow, 'bloc'>,
  content: FrozenContent,
): Promise<Readonly<Record<ChangedField, readonly string[]>>> {
  const body = await directory.body(content.bodyId, tx);
  const post = await directory.post(content.signerPostId, tx);
  const ids = content.recipients.map(({ agencyId }) => agencyId);
  const agencies = ids.length === 0 ? [] : await directory.agencies(ids, tx);
  const names = new Map(agencies.map(({ id, name }) => [id, name]));
  return {
    bodyId: [body?.name ?? content.bodyId],
    typeCode: [documentType(bloc, content.typeCode)?.name ?? content.typeCode],
    abstract: given(content.abstract),
    secrecy: [content.secrecy],
    urgency: [String(content.urgency)],
    urgencyAt: given(content.urgencyAt),
    unitSymbol: given(content.unitSymbol),
    signerPostId: [post?.title ?? content.signerPostId],
    signatureBlock: content.signatureBlock,
    recipients: [
      ...content.recipients.map((recipient) =>
        recipientWords({ ...recipient, name: names.get(recipient.agencyId) ?? recipient.agencyId }),
      ),
      ...content.paperRecipients.map(recipientWords),
    ],
    paperReason: given(content.paperReason),
  };
}

const given = (value: string | null): string[] => (value === null ? [] : [value]);

/** `Đảng ủy xã Sơn Thủy (Bưu điện KT1, 2 bản)`; one electronic copy is the usual and goes without saying. */
function recipientWords({
  name,
  channel = 'electronic',
  copies = 1,
}: {
  readonly name: string;
  readonly channel?: keyof typeof channelRules | undefined;
  readonly copies?: number | undefined;
}): string {
  const said = [
    ...(channel === 'electronic' ? [] : [channelRules[channel].vi]),
    ...(copies === 1 ? [] : [`${copies} bản`]),
  ];
  return said.length === 0 ? name : `${name} (${said.join(', ')})`;
}
