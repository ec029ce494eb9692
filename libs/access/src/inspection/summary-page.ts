import type { AuditQuery, FoundEntry } from '#audit';
import { describeSearch } from '#audit';
import { vietnamDateTime } from '#platform';

interface Summary {
  readonly made: Date;
  readonly sha256: string;
  readonly signed: boolean;
  readonly query: AuditQuery;
  readonly items: readonly FoundEntry[];
  /** Names of people by id. */
  readonly names: ReadonlyMap<string, string>;
}

const outcomes = { success: 'thành công', denied: 'bị từ chối', failed: 'không thành công' } as const;

/** A page that stands alone: no script, no address, nothing that is fetched. */
export function summaryPage({ made, sha256, signed, query, items, names }: Summary): string {
  const asked = { ...describeSearch(query), ...(query.documentId && { document: query.documentId }) };
  const conditions = Object.entries(asked).map(
    ([name, value]) => `<li>${escape(name)}: ${escape(value)}</li>`,
  );
  const rows = items.map(({ seq, leafHash, entry }) => {
    const { actor, action, outcome, document: documentId, code, reason } = entry;
    const who = names.get(actor.person ?? '') ?? actor.service ?? actor.node ?? 'không rõ';
    const cells = [
      seq,
      vietnamDateTime(new Date(entry.at)),
      who,
      actor.address ?? '',
      action,
      `${outcomes[outcome]}${code === undefined ? '' : ` (${code})`}`,
      documentId ?? '',
      reason ?? '',
      leafHash.slice(0, 16),
    ];
    return `<tr>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`;
  });
  const heads = [
    'Số thứ tự',
    'Thời điểm (+07:00)',
    'Người thực hiện',
    'Địa chỉ',
    'Việc',
    'Kết quả',
    'Văn bản',
    'Lý do',
    'Mã băm',
  ];
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Trích nhật ký truy cập</title>
<style>body{font-family:serif;margin:2rem}table{border-collapse:collapse;width:100%;font-size:.85rem}
td,th{border:1px solid #888;padding:.2rem .4rem;text-align:left;vertical-align:top}</style></head><body>
<h1>Trích nhật ký truy cập</h1>
<p>Lập lúc ${vietnamDateTime(made)} (+07:00), gồm ${items.length} mục. ${
    signed ? 'Tệp dữ liệu kèm theo được ký số.' : 'Tệp dữ liệu kèm theo không có chữ ký số.'
  }</p>
<p>SHA-256: <code>${sha256}</code></p>
<ul>${conditions.join('')}</ul>
<table><caption>Các mục nhật ký</caption><thead><tr>${heads
    .map((head) => `<th scope="col">${head}</th>`)
    .join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></body></html>
`;
}

function escape(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
