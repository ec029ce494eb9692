import type { Tx } from '#platform';

/** documents × recipients, and what became of them. */
export interface DeliveryBalance {
  /** Recipients of all submitted documents. */
  readonly expected: number;
  /** 03. */
  readonly accepted: number;
  /** 02. */
  readonly refused: number;
  /** Waiting, on the way, or arrived and not yet answered. */
  readonly pending: number;
  readonly deadLetter: number;
  /** Given back, recalled or replaced, wherever it stood. */
  readonly withdrawn: number;
  /** expected = accepted + refused + pending + deadLetter + withdrawn: must always hold. */
  readonly balanced: boolean;
}

/** Counts in one statement, so in one snapshot; of one document, or of all that this node's agencies sent. */
export async function deliveryBalance(tx: Tx, documentId: string | null = null): Promise<DeliveryBalance> {
  const [row] = await tx.query<
    Record<'expected' | 'accepted' | 'refused' | 'pending' | 'dead_letter' | 'withdrawn', string>
  >(
    'SELECT expected, accepted, refused, pending, dead_letter, withdrawn FROM workflow.delivery_balance($1)',
    [documentId],
  );
  if (!row) throw new Error('the balance gave no row');
  const counts = {
    expected: Number(row.expected),
    accepted: Number(row.accepted),
    refused: Number(row.refused),
    pending: Number(row.pending),
    deadLetter: Number(row.dead_letter),
    withdrawn: Number(row.withdrawn),
  };
  const { accepted, refused, pending, deadLetter, withdrawn } = counts;
  return { ...counts, balanced: counts.expected === accepted + refused + pending + deadLetter + withdrawn };
}
