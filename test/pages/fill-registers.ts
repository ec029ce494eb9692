import { Desk, ok, staffs } from '../support/desk';
import type { TestNode } from '../support/test-node';

/** Numbers in the registers: some in use, one cancelled with its reason, and one lost that nothing explains. */
export async function fillRegisters(node: TestNode): Promise<void> {
  const board = new Desk(node, staffs.provinceBoard);
  const clerk = await board.clerk;
  const { items } = await ok<{ readonly items: readonly { readonly id: string }[] }>(
    200,
    clerk.get('/incoming?state=01'),
  );
  for (const { id } of items.slice(0, 3))
    for (const step of ['verify', 'accept']) await ok(200, clerk.post(`/incoming/${id}/${step}`));
  const wrong = await board.numbered({ abstract: 'Về việc mời họp giao ban tháng 12' });
  await ok(
    200,
    clerk.post(`/documents/${wrong}/cancel`, {
      reason: 'Ghi sai thành phần dự họp, phát hiện sau khi cấp số.',
    }),
  );
  await board.issued({ abstract: 'Về việc mời họp giao ban tháng 12 (bản đúng thành phần)' });
  // What no request can do: a number of the series that stands nowhere.
  await node.database.ownerDataSource.query(
    `UPDATE workflow.number_series SET last_number = last_number + 1
     WHERE id IN (SELECT series_id FROM workflow.register_entry WHERE document_id = $1)`,
    [wrong],
  );
}
