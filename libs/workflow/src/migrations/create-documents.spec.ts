import { newId, platformMigrations } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { aSystem, testDatabase } from '#platform/testing';

import { CreateDocuments1763740000000 } from './1763740000000-create-documents';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ migrations: [...platformMigrations, CreateDocuments1763740000000] });
});
afterAll(() => database.drop());

async function insertDocument(changes: Readonly<Record<string, string>> = {}): Promise<string> {
  const id = newId();
  const columns: Record<string, string> = {
    id: `'${id}'`,
    agency_id: 'gen_random_uuid()',
    agency_code: "'000.00.00.A92'",
    bloc: "'party'",
    body_id: 'gen_random_uuid()',
    body_symbol: "'TU'",
    place: "'Lam Giang'",
    has_seal: 'true',
    type_code: "'NQ'",
    abstract: "'Về chuyển đổi số'",
    secrecy: "'THUONG'",
    urgency: '0',
    state: "'DRAFT'",
    drafter_id: 'gen_random_uuid()',
    signer_post_id: 'gen_random_uuid()',
    capacity_code: "'TM'",
    signature_block: "ARRAY['BÍ THƯ']",
    created_at: 'now()',
    changed_at: 'now()',
    ...changes,
  };
  await run(
    `INSERT INTO workflow.document (${Object.keys(columns).join()}) VALUES (${Object.values(columns).join()})`,
  );
  return id;
}

function run(sql: string, parameters: readonly unknown[] = []): Promise<number> {
  return database.unitOfWork.run(aSystem(), (tx) => tx.execute(sql, parameters));
}

function insertFile(documentId: string, secrecy: string): Promise<number> {
  const file = newId();
  const version = newId();
  return run(
    `WITH v AS (INSERT INTO workflow.file_version VALUES
       ('${version}', '${file}', $1, 1, 'upload', gen_random_uuid(), repeat('0', 64), 1, 1, 0, now(), NULL))
     INSERT INTO workflow.document_file VALUES
       ('${file}', $1, $2, 'main', 1, 'T', 't.pdf', 'application/pdf', '${version}', '${version}')`,
    [documentId, secrecy],
  );
}

describe('the tables of documents', () => {
  it('keep no abstract of a top-secret document', async () => {
    await expect(insertDocument({ secrecy: "'TUYET_MAT'" })).rejects.toThrow('top_secret_has_no_abstract');
    await expect(insertDocument({ secrecy: "'TUYET_MAT'", abstract: 'NULL' })).resolves.toBeDefined();
  });

  it('keep no file of a top-secret document, whatever the file row claims', async () => {
    const id = await insertDocument({ secrecy: "'TUYET_MAT'", abstract: 'NULL' });
    await expect(insertFile(id, 'TUYET_MAT')).rejects.toThrow('top_secret_has_no_file');
    await expect(insertFile(id, 'THUONG')).rejects.toThrow('foreign key');
  });

  it('do not let a document with a file become top secret', async () => {
    const id = await insertDocument();
    await insertFile(id, 'THUONG');
    await expect(
      run("UPDATE workflow.document SET secrecy = 'TUYET_MAT', abstract = NULL WHERE id = $1", [id]),
    ).rejects.toThrow('top_secret_has_no_file');
  });

  it('keep one main file per document', async () => {
    const id = await insertDocument();
    await insertFile(id, 'THUONG');
    await expect(insertFile(id, 'THUONG')).rejects.toThrow('document_has_one_main_file');
  });

  it.each([
    ['a timed express document without its time', { urgency: '4' }, 'timed_express_has_its_time'],
    ['a time on any other', { urgency: '1', urgency_at: 'now()' }, 'timed_express_has_its_time'],
    ['an issued document without a number', { state: "'ISSUED'", issued_at: 'now()' }, 'numbered_has_number'],
    ['a cancelled document without a reason', { state: "'CANCELLED'" }, 'cancelled_has_a_reason'],
    ['a state that does not exist', { state: "'LOST'" }, 'document_state_check'],
  ])('refuse %s', async (_, changes, constraint) => {
    await expect(insertDocument(changes)).rejects.toThrow(constraint);
  });
});
