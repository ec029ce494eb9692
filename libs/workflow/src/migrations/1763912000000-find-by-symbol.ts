import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An inspector has a paper before them and finds its trail by the beginning of its number and symbol. */
export class FindBySymbol1763912000000 implements MigrationInterface {
  readonly name = 'FindBySymbol1763912000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX document_by_symbol ON workflow.document (agency_id, lower(symbol) text_pattern_ops)
        WHERE symbol IS NOT NULL;
      CREATE INDEX incoming_by_symbol ON workflow.incoming (agency_id, lower(symbol) text_pattern_ops);
      CREATE INDEX incoming_of_document ON workflow.incoming (document_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP INDEX workflow.document_by_symbol, workflow.incoming_by_symbol, workflow.incoming_of_document',
    );
  }
}
