import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import pino from 'pino';

import { AuditTrail, auditMigrations, decodeEntry } from '#audit';
import type { EntryV1 } from '#audit';
import { accessMigrations, KeyVault } from '#access';
import type { Agency } from '#directory';
import { directoryMigrations } from '#directory';
import type { PersonActor, Tx } from '#platform';
import { BlobStore, Config, JobQueue, newId, NodeKeys, platformMigrations, TestClock } from '#platform';
import { aPerson, aSystem, testDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';

import { DocumentAccess } from '../../documents/document-access';
import { workflowMigrations } from '../../index';
import { RemindOfDue } from '../../handling/remind-of-due';
import { IndexDocument } from '../../search/index-document';
import type { TrustService } from '../../trust/trust-service';
import { AnswerTakeBack } from '../aftercare/answer-take-back';
import { AskTakeBack } from '../aftercare/ask-take-back';
import { ReceiveOrder } from '../aftercare/receive-order';
import { ReceiveStatements } from '../aftercare/receive-statements';
import { RecordAnswer } from '../aftercare/record-answer';
import { WithdrawDocument } from '../aftercare/withdraw-document';
import { ExchangeAgencies } from '../agencies/exchange-agencies';
import { FindDeadLetters } from '../dead-letters/find-dead-letters';
import { ResendDeadLetter } from '../dead-letters/resend-dead-letter';
import { EscalateOverdue } from '../deadlines/escalate-overdue';
import { DeliverMessages } from '../deliveries/deliver-messages';
import { deliveryBalance } from '../deliveries/delivery-balance';
import type { DeliveryBalance } from '../deliveries/delivery-balance';
import { stillToCarry } from '../deliveries/delivery-states';
import { FindDeliveries } from '../deliveries/find-deliveries';
import { RecordEvidence } from '../deliveries/record-evidence';
import { SubmissionAccess } from '../deliveries/submission-access';
import { ExportEvidence } from '../evidence/export-evidence';
import { ExchangeSettings } from '../exchange-settings';
import { ExchangeWorkers } from '../exchange-workers';
import { AcceptIncoming } from '../incoming/accept-incoming';
import { contentDigest } from '../incoming/content-digest';
import { FindIncoming } from '../incoming/find-incoming';
import { IncomingAccess } from '../incoming/incoming-access';
import { ReadIncoming } from '../incoming/read-incoming';
import { ReadIncomingFile } from '../incoming/read-incoming-file';
import { ReceiveMessages } from '../incoming/receive-messages';
import { ReceivedFiles } from '../incoming/received-files';
import { RefuseIncoming } from '../incoming/refuse-incoming';
import { ReturnEvidence } from '../incoming/return-evidence';
import { StampCopies } from '../incoming/stamp-copies';
import { VerifyIncoming } from '../incoming/verify-incoming';
import { exchangeQueues } from '../queues';
import { RequeueWaiting } from '../requeue-waiting';
import { SubmitDeliveries } from '../submit-deliveries';
import { ExchangeListener } from '../transport/exchange-listener';
import type { ExchangeNetwork } from '../transport/peers';
import { Transports } from '../transport/transports';
import { seedDirectory } from './test-agencies';
import type { TestAuthority } from './test-authority';
import { issuedDocument } from './test-message';
import type { TestFile } from './test-message';

export interface TestNodeOptions {
  readonly nodeId: string;
  readonly authority: TestAuthority;
  /** All agencies that the directory of this node knows; keys exist for those of the node. */
  readonly agencies: readonly Agency[];
  readonly network?: ExchangeNetwork;
  readonly settings?: Partial<ExchangeSettings>;
  readonly clock?: TestClock;
}

/** One node with a database of its own, composed by hand as the module composes it. */
export type TestNode = Awaited<ReturnType<typeof testNode>>;

// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- TestNode names it
export async function testNode(options: TestNodeOptions) {
  const { nodeId, authority, agencies } = options;
  const database: TestDatabase = await testDatabase({
    migrations: [
      ...platformMigrations,
      ...auditMigrations,
      ...directoryMigrations,
      ...accessMigrations,
      ...workflowMigrations,
    ],
    entities: [],
    queues: exchangeQueues,
  });
  const folder = await mkdtemp(join(tmpdir(), 'sealpost-exchange-'));
  const clock = options.clock ?? new TestClock('2026-11-21T03:00:00Z');
  const config = Object.assign(new Config(), { nodeId, uploadLimit: 10_000_000 });
  const logger = pino({ level: 'silent' });
  const settings = Object.assign(
    new ExchangeSettings(),
    { firstRetrySeconds: 0, tries: 3 },
    options.settings,
  );
  const { unitOfWork } = database;
  const audit = new AuditTrail(unitOfWork, clock);
  const nodeKeys = new NodeKeys(randomBytes(32));
  const blobs = new BlobStore(folder, nodeKeys, config.uploadLimit);
  const queue = new JobQueue({ url: database.url, logger, supervisionSeconds: 0 });
  const system = aSystem();
  const directory = await seedDirectory(database, agencies);
  const keys = new KeyVault(unitOfWork, audit, nodeKeys, clock);
  for (const { id, code } of agencies.filter((agency) => agency.nodeId === nodeId)) {
    const key = await authority.evidenceKey(code);
    const owner = { kind: 'agency', id } as const;
    await keys.import(system, {
      owner,
      agencyId: id,
      use: 'evidence',
      ...key,
      chain: [],
      protection: 'unattended',
    });
  }
  const trust = { material: () => Promise.resolve(authority.trust) } as unknown as TrustService;
  const roll = new ExchangeAgencies(directory, keys, clock);
  const recordEvidence = new RecordEvidence(unitOfWork, audit, roll, clock, trust, settings);
  const receivedFiles = new ReceivedFiles(unitOfWork, blobs, config, clock);
  const receiveOrder = new ReceiveOrder(unitOfWork, audit, roll, queue, config, clock);
  const recordAnswer = new RecordAnswer(unitOfWork, audit, roll, clock);
  const statements = new ReceiveStatements(recordEvidence, receiveOrder, recordAnswer, trust, clock);
  const receive = new ReceiveMessages(
    unitOfWork,
    audit,
    roll,
    receivedFiles,
    statements,
    clock,
    config,
    trust,
    settings,
  );
  const network = options.network ?? null;
  const transports = new Transports(config, receive, network);
  const incomingAccess = new IncomingAccess(audit);
  const stampCopies = new StampCopies(unitOfWork, audit, blobs, directory, clock);
  const documents = new DocumentAccess(audit);
  const submissionAccess = new SubmissionAccess(audit, documents);
  const submit = new SubmitDeliveries(roll, queue, clock, settings);
  const deliver = new DeliverMessages(
    unitOfWork,
    audit,
    blobs,
    queue,
    clock,
    transports,
    recordEvidence,
    roll,
    settings,
  );
  const returnEvidence = new ReturnEvidence(unitOfWork, audit, roll, queue, clock, transports, settings);
  const requeue = new RequeueWaiting(unitOfWork, queue, clock, settings);
  const escalate = new EscalateOverdue(unitOfWork, audit, clock, settings);
  const query = <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    unitOfWork.run(system, (tx) => tx.query<Row>(sql, parameters));

  const node = {
    nodeId,
    database,
    clock,
    config,
    keys,
    agencies,
    blobs,
    unitOfWork,
    queue,
    audit,
    query,
    submit,
    deliver,
    returnEvidence,
    receive,
    receivedFiles,
    recordEvidence,
    statements,
    transports,
    requeue,
    escalate,
    findDeliveries: new FindDeliveries(unitOfWork, submissionAccess, audit, clock),
    exportEvidence: new ExportEvidence(unitOfWork, submissionAccess, audit, trust, clock),
    findIncoming: new FindIncoming(unitOfWork, audit, clock),
    readIncoming: new ReadIncoming(unitOfWork, incomingAccess, audit, clock, directory),
    readIncomingFile: new ReadIncomingFile(unitOfWork, incomingAccess, audit, blobs, stampCopies),
    verifyIncoming: new VerifyIncoming(unitOfWork, incomingAccess, audit, blobs, clock, trust),
    acceptIncoming: new AcceptIncoming(
      unitOfWork,
      incomingAccess,
      audit,
      new IndexDocument(directory),
      roll,
      queue,
      clock,
    ),
    refuseIncoming: new RefuseIncoming(unitOfWork, incomingAccess, audit, roll, queue, clock),
    askTakeBack: new AskTakeBack(unitOfWork, submissionAccess, audit, roll, queue, clock),
    answerTakeBack: new AnswerTakeBack(unitOfWork, incomingAccess, audit, roll, queue, clock),
    withdraw: new WithdrawDocument(unitOfWork, documents, audit, roll, queue, clock),
    findDeadLetters: new FindDeadLetters(unitOfWork, audit),
    resendDeadLetter: new ResendDeadLetter(unitOfWork, audit, queue, clock),
    workers: new ExchangeWorkers(
      queue,
      deliver,
      returnEvidence,
      stampCopies,
      requeue,
      escalate,
      new RemindOfDue(unitOfWork, audit, clock),
      trust,
      settings,
      logger,
    ),
    listener: new ExchangeListener(receive, audit, config, network, logger),

    clerkOf: (agency: Agency): PersonActor => aPerson({ agencyId: agency.id, roles: ['clerk'] }),

    /** Issues a document of `sender` to the recipients; answers its id. */
    async issue(sender: Agency, recipients: readonly Agency[], files: readonly TestFile[]): Promise<string> {
      const stored = await Promise.all(
        files.map(async (file) => ({ ...file, blobId: (await blobs.put(file.bytes)).id })),
      );
      const issued = { ...issuedDocument(sender, stored), agencyId: sender.id };
      const input = { documentId: issued.documentId, recipients: recipients.map(({ id }) => id), issued };
      await unitOfWork.run(node.clerkOf(sender), (tx: Tx) => submit.submitDeliveries(tx, input));
      return issued.documentId;
    },

    /** Does what waits, as workers would, until nothing waits any more. */
    async carry(): Promise<void> {
      for (let round = 0; round < 50; round += 1) {
        const deliveries = await query<{ id: string }>(
          `SELECT id FROM workflow.delivery WHERE state IN ('QUEUED', 'SENT') AND ${stillToCarry} ORDER BY created_at, id`,
        );
        const returns = await query<{ id: string }>(
          `SELECT id FROM workflow.evidence_return WHERE state = 'QUEUED'`,
        );
        if (deliveries.length + returns.length === 0) return;
        if (deliveries.length > 0) await deliver.deliver({ deliveryIds: deliveries.map(({ id }) => id) });
        for (const { id } of returns) await returnEvidence.return({ evidenceReturnId: id });
      }
      throw new Error('work does not come to an end');
    },

    /** The one document that arrived for an agency. */
    async arrivedFor(agency: Agency): Promise<string> {
      const rows = await query<{ id: string }>('SELECT id FROM workflow.incoming WHERE agency_id = $1', [
        agency.id,
      ]);
      if (rows.length !== 1 || !rows[0]) throw new Error(`${rows.length} documents arrived`);
      return rows[0].id;
    },

    /** Keeps a verdict as a verification would, for tests that are not about verifying. */
    async keepVerdict(
      incomingId: string,
      verdict: 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED',
    ): Promise<void> {
      const files = await query<{ sha256: string }>(
        'SELECT sha256 FROM workflow.incoming_file WHERE incoming_id = $1 ORDER BY position',
        [incomingId],
      );
      const found = files.map(({ sha256 }) => ({ sha256, report: { indication: verdict } }));
      await query(
        `INSERT INTO workflow.incoming_verification (id, incoming_id, content_sha256, verified_at, verified_by, verdict, files)
         VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb)`,
        [newId(), incomingId, contentDigest(files), clock.now(), newId(), verdict, JSON.stringify(found)],
      );
    },

    async trail(): Promise<readonly EntryV1[]> {
      const rows = await query<{ bytes: Uint8Array }>('SELECT bytes FROM audit.entry ORDER BY seq');
      return rows.map(({ bytes }) => decodeEntry(bytes));
    },

    balance: (): Promise<DeliveryBalance> => unitOfWork.run(system, (tx) => deliveryBalance(tx)),

    async close(): Promise<void> {
      node.workers.onApplicationShutdown();
      await node.listener.stop();
      transports.close();
      await queue.stop(1);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return node;
}
