import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

import type {
  Gap,
  HandlingEntry,
  IncomingEntry,
  OutgoingEntry,
  RegisterColumns,
  RegisterName,
} from '../../api/types';
import { day } from '../../formats/moments';

/** What a row of any register has. */
export interface Entry {
  readonly kind: 'entry' | 'cancelled' | 'gap';
  readonly gap: Gap | null;
}

interface RegisterColumn<T> {
  readonly title: string;
  /** Weight of its width beside the others; about the millimetres of the printed form. */
  readonly width: number;
  readonly cell: (entry: T) => ReactNode;
}

/** A register as the page shows it: the columns of its printed form in their order. */
export interface RegisterLook<T extends Entry> {
  readonly columns: readonly RegisterColumn<T>[];
  /** Which column holds the number, where a gap shows those it stands for. */
  readonly numberAt: number;
}

type Cells<Key extends string, T> = Readonly<
  Record<Key, readonly [width: number, cell: (entry: T) => ReactNode]>
>;

export function outgoingLook(t: TFunction): RegisterLook<OutgoingEntry> {
  const cells: Cells<RegisterColumns['outgoing'], OutgoingEntry> = {
    symbol: [
      28,
      ({ kind, symbol }) =>
        kind === 'cancelled' ? (
          <>
            <s>{symbol}</s> <strong>{t('registers.cancelled')}</strong>
          </>
        ) : (
          symbol
        ),
    ],
    date: [25, ({ date }) => shownDay(date)],
    title: [
      55,
      (entry) => titled(entry, entry.documentId && `/outgoing/${entry.documentId}`, t('outgoing.noAbstract')),
    ],
    signer: [26, ({ signer }) => signer],
    recipients: [34, ({ recipients }) => recipients.join('; ')],
    keeper: [20, ({ keeper }) => keeper],
    copies: [16, ({ copies }) => copies],
    sentOn: [25, ({ sentOn }) => shownDay(sentOn)],
    receipt: [
      22,
      ({ receipt }) => receipt && [t('registers.accepted', { ...receipt }), ...receipt.signedBy].join('; '),
    ],
    note: [25, ({ note }) => note],
  };
  return lookOf('outgoing', cells, t, 0);
}

export function incomingLook(t: TFunction): RegisterLook<IncomingEntry> {
  const cells: Cells<RegisterColumns['incoming'], IncomingEntry> = {
    arrivalDate: [25, ({ arrivalDate }) => shownDay(arrivalDate)],
    arrivalNumber: [15, ({ arrivalNumber }) => arrivalNumber],
    author: [38, ({ author }) => author],
    symbol: [28, ({ symbol }) => symbol],
    date: [25, ({ date }) => shownDay(date)],
    title: [
      55,
      (entry) => titled(entry, entry.incomingId && `/incoming/${entry.incomingId}`, t('outgoing.noAbstract')),
    ],
    receiver: [26, ({ receiver }) => receiver],
    passedOn: [25, ({ passedOn }) => shownDay(passedOn)],
    receipt: [20, ({ receipt }) => receipt],
    note: [18, ({ note }) => note],
  };
  return lookOf('incoming', cells, t, 1);
}

export function handlingLook(t: TFunction): RegisterLook<HandlingEntry> {
  const cells: Cells<RegisterColumns['handling'], HandlingEntry> = {
    arrivalNumber: [15, ({ arrivalNumber }) => arrivalNumber],
    document: [
      92,
      ({ incomingId, typeName, symbol, date, author, abstract }) => {
        const what = [typeName, symbol, date && t('registers.dated', { day: day(date) })]
          .filter((part) => part !== null && part !== '')
          .join(' ');
        const name = [what, author && t('registers.by', { author })]
          .filter((part) => part !== null)
          .join(' ');
        return (
          <Link href={`/incoming/${incomingId}`}>
            {name}: {abstract ?? t('outgoing.noAbstract')}
          </Link>
        );
      },
    ],
    unit: [42, ({ unit }) => unit],
    due: [25, ({ due }) => shownDay(due)],
    progress: [38, ({ progress }) => progress],
    reply: [30, ({ reply }) => reply],
    note: [24, ({ note }) => note],
  };
  return lookOf('handling', cells, t, 0);
}

function lookOf<Name extends RegisterName, T extends Entry>(
  name: Name,
  cells: Cells<RegisterColumns[Name], T>,
  t: TFunction,
  numberAt: number,
): RegisterLook<T> {
  const columns = Object.entries<readonly [number, (entry: T) => ReactNode]>(cells);
  return {
    numberAt,
    columns: columns.map(([key, [width, cell]]) => ({
      title: t(`registers.column.${name}.${key}` as 'registers.column.outgoing.note'),
      width,
      cell,
    })),
  };
}

function shownDay(date: string | null): ReactNode {
  return date === null ? null : <span className="sealpost-number">{day(date)}</span>;
}

function titled(
  { typeName, abstract }: { readonly typeName: string | null; readonly abstract: string | null },
  href: string | null,
  none: string,
): ReactNode {
  const text = [typeName, abstract ?? none].filter((part) => part !== null).join(': ');
  return href === null ? text : <Link href={href}>{text}</Link>;
}
