import { Client } from 'pg';
import { demoAgency, demoBody, demoPerson, searchText } from '#directory';
import { postOf } from '../support/desk';

/** Whose desk it is: a People's Committee with half of its documents sent and half received, and its neighbours. */
export const bigAgency = 'ubnd';
const neighbours = ['sonoivu', 'bkhcn', 'tinhuy'] as const;
/** Years over which the documents are spread: a hundred thousand a year where there are a million. */
const years = 10;
/** Part of all documents that neighbours have. */
const neighbourPart = 0.1;

/** What abstracts are made of; the first ones stand in most of them. */
const phrases = [
  'về việc tăng cường công tác',
  'triển khai thực hiện kế hoạch',
  'báo cáo kết quả thực hiện nhiệm vụ',
  'phòng, chống thiên tai và tìm kiếm cứu nạn',
  'cải cách hành chính, chuyển đổi số',
  'quản lý đất đai, xây dựng',
  'hỏa tốc ứng phó mưa lũ',
  'phân bổ dự toán ngân sách nhà nước',
  'bổ nhiệm, luân chuyển cán bộ',
  'tổ chức kỷ niệm ngày thành lập',
  'kiểm tra, giám sát an toàn thực phẩm',
  'tuyển sinh, thi tốt nghiệp trung học phổ thông',
  'bảo tồn di tích lịch sử, văn hóa',
  'giải phóng mặt bằng dự án đường ven biển',
  'tiêm chủng mở rộng, y tế dự phòng',
  'khen thưởng, kỷ luật',
] as const;
/** What grows with the documents. */
const filledTables = [
  'workflow.document',
  'workflow.recipient',
  'workflow.register_entry',
  'workflow.submission',
  'workflow.delivery',
  'workflow.incoming',
  'workflow.arrival_register',
  'workflow.search_entry',
];
/** Recipients of each sent document. */
export const deliveriesEach = 10;
const parties = [
  'Sở Nội vụ tỉnh Lam Giang',
  'Ủy ban nhân dân xã Sơn Thủy',
  'Bộ Khoa học và Công nghệ',
  'Công an tỉnh Lam Giang',
] as const;

/** Fills a fresh, migrated database with `documents` of the big agency; answers the seconds it took. */
export async function fillDesk(ownerUrl: string, documents: number): Promise<number> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  const started = performance.now();
  try {
    await client.query(
      "SET maintenance_work_mem = '1GB'; SET synchronous_commit = off; SET work_mem = '256MB'; BEGIN",
    );
    const restore = await putAside(client);
    await fillAgency(client, bigAgency, documents);
    for (const key of neighbours)
      await fillAgency(client, key, Math.ceil((documents * neighbourPart) / neighbours.length));
    for (const statement of restore) await client.query(statement);
    await client.query('COMMIT');
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
  return (performance.now() - started) / 1000;
}

/**
 * Keys and indexes over what is not there yet are made faster afterwards, and come out the same. Within the transaction
 * of the filling: whatever ends it leaves the tables as they were.
 *
 * @returns the statements that bring them back, in their order
 */
async function putAside(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ drop: string; create: string }>(
    `WITH filled AS (SELECT unnest($1::regclass[])::oid AS oid)
     SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS create,
       CASE contype WHEN 'f' THEN 1 ELSE 3 END AS place
     FROM pg_constraint
     WHERE contype IN ('p', 'u', 'f') AND (conrelid IN (SELECT oid FROM filled) OR confrelid IN (SELECT oid FROM filled))
     UNION ALL
     SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid), 2
     FROM pg_index
     WHERE indrelid IN (SELECT oid FROM filled) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
     ORDER BY place`,
    [filledTables],
  );
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ create }) => create).toReversed();
}

/** Every document is found by the words of its three phrases and two of its own. */
async function fillAgency(client: Client, key: string, documents: number): Promise<void> {
  const agency = demoAgency(key);
  const half = Math.floor(documents / 2);
  const people = [demoPerson(`chuyenvien.${key}`).id];
  const given = {
    agency: agency.id,
    code: agency.code,
    bloc: agency.bloc,
    body: demoBody(
      key === 'tinhuy' ? 'tinhuy/btv' : `${key}/${{ ubnd: 'ubnd', sonoivu: 'so', bkhcn: 'bo' }[key] ?? ''}`,
    ).id,
    signer: postOf(`lanhdao.${key}`),
    drafter: people[0] ?? '',
    clerk: demoPerson(`vanthu.${key}`).id,
    recipient: demoAgency('dangsonthuy').id,
    phrases: JSON.stringify(phrases.map((text) => [text, searchText(text)])),
    parties: JSON.stringify(
      parties.map((text) => [text, searchText(text), `%${searchText(text).replaceAll(' ', ' %')}`]),
    ),
    half: String(half),
    each: String(deliveriesEach),
    days: String(years * 365),
  };
  const bound = (sql: string): string =>
    sql.replace(/:(\w+)\b/g, (whole, name: string) =>
      name in given ? client.escapeLiteral(given[name as keyof typeof given]) : whole,
    );
  await client.query(bound(plan));
  for (const statement of [...outgoing, ...incoming]) await client.query(bound(statement));
  await client.query('DROP TABLE planned');
}

/** Text of each row to come, once for all tables. A drafter has one document in fifty. */
const plan = `
  CREATE TEMP TABLE planned AS
  SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS incoming_id,
    current_date - (:days::integer - ceil(n * :days::float8 / :half::float8)::integer) AS day,
    CASE WHEN n % 50 = 0 THEN :drafter::uuid ELSE gen_random_uuid() END AS drafter,
    initcap(p.words[1]) || ' ' || q.words[1] || ' ' || r.words[1] || ' hồ sơ hs' || n || ' nhóm nh' || n % 700 AS abstract,
    p.words[2] || ' ' || q.words[2] || ' ' || r.words[2] || ' ho so hs' || n || ' nhom nh' || n % 700 AS folded,
    s.words[1] AS party, s.words[2] || ' ' || s.words[3] AS party_keys,
    (ARRAY['CV', 'QD', 'BC', 'TB', 'KH'])[1 + n % 5] AS type_code
  FROM generate_series(1, :half::integer) AS n
  CROSS JOIN LATERAL (SELECT ARRAY(SELECT jsonb_array_elements_text(:phrases::jsonb -> (n % 3)::integer)) AS words) p
  CROSS JOIN LATERAL (SELECT ARRAY(SELECT jsonb_array_elements_text(:phrases::jsonb -> (3 + n % 5)::integer)) AS words) q
  CROSS JOIN LATERAL (SELECT ARRAY(SELECT jsonb_array_elements_text(:phrases::jsonb -> (8 + n / 7 % 8)::integer)) AS words) r
  CROSS JOIN LATERAL (SELECT ARRAY(SELECT jsonb_array_elements_text(:parties::jsonb -> (n / 3 % 4)::integer)) AS words) s`;

const outgoing = [
  // One series a year; its counter is entered as it stands in the end.
  'ALTER TABLE workflow.number_series DISABLE TRIGGER USER',
  `INSERT INTO workflow.number_series (id, body_id, type_group, secrecy_class, period_kind, period, period_key, last_number, last_date)
   SELECT gen_random_uuid(), :body::uuid, 'bench', 'ordinary', 'year', extract(year FROM day)::text, extract(year FROM day)::text, count(*), max(day)
   FROM planned GROUP BY extract(year FROM day)`,
  'ALTER TABLE workflow.number_series ENABLE TRIGGER USER',
  `CREATE TEMP TABLE numbered AS
   SELECT p.*, s.id AS series_id, row_number() OVER (PARTITION BY s.id ORDER BY p.n)::integer AS number
   FROM planned p JOIN workflow.number_series s
     ON s.body_id = :body::uuid AND s.type_group = 'bench' AND s.period = extract(year FROM p.day)::text`,
  `INSERT INTO workflow.document (id, agency_id, agency_code, bloc, body_id, has_seal, type_code, abstract, secrecy, urgency,
     place, body_symbol, state, drafter_id, signer_post_id, capacity_code, signature_block, series_id, number, number_text,
     symbol, issued_on, created_at, changed_at, issued_at)
   SELECT id, :agency::uuid, :code, :bloc, :body::uuid, true, type_code, abstract, 'THUONG', (n % 40 = 0)::integer * 3, 'Lam Giang', 'UBND',
     'ISSUED', drafter, :signer::uuid, 'TM', '{"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"}', series_id, number, number::text,
     number || '/CV-UBND', day, day, day + n * interval '1 microsecond', day FROM numbered ORDER BY n`,
  // Some hundred documents are on their way; the rest is done.
  `INSERT INTO workflow.document (id, agency_id, agency_code, bloc, body_id, has_seal, type_code, abstract, secrecy, urgency,
     place, body_symbol, state, drafter_id, signer_post_id, capacity_code, signature_block, created_at, changed_at)
   SELECT gen_random_uuid(), :agency::uuid, :code, :bloc, :body::uuid, true, 'CV', 'Dự thảo ' || n, 'THUONG', 0, 'Lam Giang', 'UBND',
     (ARRAY['DRAFT', 'IN_REVIEW', 'APPROVED', 'PERSON_SIGNED'])[1 + n % 4], :drafter::uuid, :signer::uuid, 'TM', '{}', now(),
     now() - interval '5 years' + n * interval '1 hour'
   FROM generate_series(1, 300) AS n`,
  `CREATE TEMP TABLE reached AS
   SELECT position, CASE position WHEN 1 THEN :recipient::uuid ELSE gen_random_uuid() END AS agency_id
   FROM generate_series(1, :each::integer) AS position`,
  `INSERT INTO workflow.recipient (document_id, position, agency_id)
   SELECT n.id, r.position, r.agency_id FROM numbered n CROSS JOIN reached r`,
  `INSERT INTO workflow.register_entry (series_id, number, document_id, secrecy, agency_id, body_id, number_text, symbol,
     issued_on, type_code, abstract, signer_person_id, registered_by, registered_at)
   SELECT series_id, number, id, 'THUONG', :agency::uuid, :body::uuid, number::text, number || '/CV-UBND', day, type_code, abstract,
     :signer::uuid, :clerk::uuid, day FROM numbered ORDER BY n`,
  `INSERT INTO workflow.submission (document_id, sender_agency_id, identity, recipients, submitted_at)
   SELECT id, :agency::uuid, '{}', :each::integer, day FROM numbered ORDER BY n`,
  `INSERT INTO workflow.delivery (id, document_id, sender_agency_id, sender_code, recipient_agency_id, recipient_code,
     recipient_name, node_id, message_id, manifest_cms, manifest_sha256, state, next_attempt_at, created_at, sent_at,
     consigned_at, settled_at)
   SELECT gen_random_uuid(), n.id, :agency::uuid, :code, r.agency_id, 'r', 'Đảng ủy xã Sơn Thủy', 'node-1', gen_random_uuid(), '', '',
     CASE WHEN is_open THEN '01' ELSE '03' END, n.day, n.day, n.day, n.day, CASE WHEN is_open THEN NULL ELSE n.day END
   FROM numbered n CROSS JOIN reached r
   CROSS JOIN LATERAL (SELECT n.n > :half::integer - 200 AND r.position = 1 AS is_open) o`,
  `INSERT INTO workflow.search_entry (id, agency_id, kind, on_date, keys)
   SELECT id, :agency::uuid, 'outgoing', day, concat_ws(' ', '=outgoing', '@' || replace(drafter::text, '-', ''), '#' || number,
     '^' || type_code, '/' || number, '/cv', '/ubnd', folded, number, 'cv ubnd', party_keys) FROM numbered ORDER BY n`,
  'DROP TABLE numbered, reached',
] as const;

const incoming = [
  // What arrived long ago is settled.
  `CREATE TEMP TABLE arriving AS
   SELECT p.*, extract(year FROM day)::integer AS year,
     row_number() OVER (PARTITION BY extract(year FROM day) ORDER BY n)::integer AS number FROM planned p`,
  `INSERT INTO workflow.incoming (id, agency_id, sender_code, sender_name, message_id, document_id, source_node, body_id,
     type_code, number, symbol, issued_on, abstract, secrecy, urgency, manifest, manifest_cms, manifest_sha256, state,
     arrived_at, settled_at, settled_by, arrival_number, arrival_date)
   SELECT incoming_id, :agency::uuid, 's', party, gen_random_uuid(), gen_random_uuid(), 'node-1', :body::uuid, type_code, number::text,
     number || '/BC-SNV', day, abstract, 'THUONG', (n % 40 = 0)::integer * 3, '', '', '', CASE WHEN n > :half::integer * 0.98 THEN '03' ELSE '06' END, day + n * interval '1 microsecond',
     day, :clerk::uuid, number, day FROM arriving ORDER BY n`,
  `INSERT INTO workflow.incoming (id, agency_id, sender_code, sender_name, message_id, document_id, source_node, body_id,
     type_code, number, symbol, issued_on, abstract, secrecy, urgency, manifest, manifest_cms, manifest_sha256, state, arrived_at)
   SELECT gen_random_uuid(), :agency::uuid, 's', 'Sở Nội vụ', gen_random_uuid(), gen_random_uuid(), 'node-1', :body::uuid, 'CV',
     '1', '1/CV-SNV', current_date, 'Mới đến ' || n, 'THUONG', 0, '', '', '', '01', now() - interval '5 years' + n * interval '1 hour'
   FROM generate_series(1, 300) AS n`,
  `INSERT INTO workflow.arrival_series (agency_id, year, last_number, last_date)
   SELECT :agency::uuid, year, max(number), max(day) FROM arriving GROUP BY year`,
  `INSERT INTO workflow.arrival_register (agency_id, year, number, date, incoming_id, registered_by, registered_at)
   SELECT :agency::uuid, year, number, day, incoming_id, :clerk::uuid, day FROM arriving ORDER BY n`,
  `INSERT INTO workflow.search_entry (id, agency_id, kind, on_date, keys)
   SELECT incoming_id, :agency::uuid, 'incoming', day, concat_ws(' ', '=incoming', '#' || number, '^' || type_code, '/' || number,
     '/bc', '/snv', folded, number, 'bc snv', party_keys) FROM arriving ORDER BY n`,
  'DROP TABLE arriving',
] as const;

/** Whether an earlier run left the desk at that size. */
export async function isFilled(ownerUrl: string, documents: number): Promise<boolean> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>(
      'SELECT count(*)::integer AS n FROM workflow.search_entry WHERE agency_id = $1',
      [demoAgency(bigAgency).id],
    );
    return rows[0]?.n === 2 * Math.floor(documents / 2);
  } finally {
    await client.end();
  }
}
