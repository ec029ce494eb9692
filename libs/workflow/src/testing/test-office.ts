import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { KeyVault, accessMigrations, accessProblems, isAllowed, SignatureImages } from '#access';
import { auditMigrations, auditProblems } from '#audit';
import type { CertificateOwner, LoadedPki, PkiCase, PkiHolder } from '#directory';
import {
  demoAgency,
  demoDirectory,
  demoPerson,
  demoPin,
  directoryMigrations,
  directoryProblems,
  readPkiIndex,
  seedDemoDirectory,
} from '#directory';
import type { TimestampSource } from '#pki';
import { derOrPem, httpTimestampSource, parseCertificate } from '#pki';
import type { Actor, PersonActor, PolicyDecision } from '#platform';
import {
  ACTOR_RESOLVER,
  anonymousActor,
  Clock,
  Config,
  configureHttp,
  createLogger,
  currentRequestContext,
  LOGGER,
  newId,
  platformMigrations,
  POLICY_GUARD,
  TestClock,
} from '#platform';
import type { TestDatabase } from '#platform/testing';
import { aSystem, testConfig, testDatabase } from '#platform/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Request } from 'express';
import supertest from 'supertest';

import { ensureDevelopmentPki, startDevelopmentPki } from '../../../../certs-dev/src';
import { exchangeQueues, workflowMigrations, WorkflowModule, workflowProblems } from '../index';
import { loadWorkflowSettings, WorkflowSettings } from '../settings';
import { Timestamps } from '../trust/timestamps';

/** A node with the demo's directory, served over HTTP; who acts is said by a header instead of a login. */
export interface TestOffice {
  readonly app: NestExpressApplication;
  readonly database: TestDatabase;
  readonly clock: TestClock;
  readonly pki: LoadedPki;
  /** Stands between the node and its time-stamping authority. */
  readonly tsa: { down: boolean };
  actor(key: string): PersonActor;
  /** Requests of one demo person, e.g. `lanhdao.tinhuy`. */
  as(key: string): OfficeClient;
  /** Gives a holder the key of one of the certificates that must not work. */
  importCase(kase: PkiCase['case'], owner: CertificateOwner): Promise<void>;
  close(): Promise<void>;
}

export interface OfficeClient {
  get(path: string): supertest.Test;
  post(path: string, body?: object, headers?: Readonly<Record<string, string>>): supertest.Test;
  patch(path: string, body: object, headers?: Readonly<Record<string, string>>): supertest.Test;
  put(path: string, body: object, headers?: Readonly<Record<string, string>>): supertest.Test;
  delete(path: string): supertest.Test;
  /** A form; PUT where `method` says so. */
  upload(
    path: string,
    file: {
      readonly bytes: Uint8Array;
      readonly role?: string;
      readonly name?: string;
      readonly title?: string;
    },
    method?: 'post' | 'put',
  ): supertest.Test;
}

export interface OfficeSettings {
  readonly environment?: Readonly<Record<string, string>>;
  readonly withoutTimestamp?: 'sign-without' | 'refuse';
  /** Demo people whose signing keys are imported. */
  readonly signers: readonly string[];
  /** Demo agencies whose signing and evidence keys are imported. */
  readonly agencies: readonly string[];
}

const migrations = [
  ...platformMigrations,
  ...auditMigrations,
  ...directoryMigrations,
  ...accessMigrations,
  ...workflowMigrations,
];

export async function openTestOffice(settings: OfficeSettings): Promise<TestOffice> {
  const pkiDir = resolve(__dirname, '../../../../var/test', `pki-${process.env['JEST_WORKER_ID'] ?? '0'}`);
  await ensureDevelopmentPki({ out: pkiDir });
  const server = await startDevelopmentPki({ pkiDir, port: 0 });
  const pki = await readPkiIndex(pkiDir);
  const database = await testDatabase({ migrations, queues: exchangeQueues });
  const { config, remove } = await testConfig({ DATABASE_URL: database.url, ...settings.environment });
  const clock = new TestClock(new Date());
  const tsa = { down: false };
  const timestamps = new Timestamps(
    {
      source: failing(httpTimestampSource({ url: `${server.url}/tsa` }), tsa),
      withoutTimestamp: settings.withoutTimestamp ?? 'sign-without',
    },
    clock,
  );
  const app = await serve({ config, clock, timestamps, trustDir: pkiDir });
  await database.unitOfWork.run(aSystem(), (tx) => seedDemoDirectory(tx, pki));
  const office: TestOffice = {
    app,
    database,
    clock,
    pki,
    tsa,
    actor: personOf,
    as: (key) => clientOf(app, key),
    importCase: async (kase, owner) => {
      const found = pki.index.cases.find(
        (candidate) => candidate.case === kase && candidate.owner.kind === owner.kind,
      );
      if (found === undefined) throw new Error(`the development PKI has no case ${kase} of a ${owner.kind}`);
      await importKey(app, pkiDir, { ...found, owner: { ...found.owner, ...owner } });
    },
    close: async () => {
      await app.close();
      await server.close();
      await database.drop();
      await remove();
    },
  };
  const owners = new Set([
    ...settings.signers.map((key) => demoPerson(key).id),
    ...settings.agencies.map((key) => demoAgency(key).id),
  ]);
  for (const holder of pki.index.holders) {
    if (owners.has(holder.owner.id)) await importKey(app, pkiDir, holder);
  }
  await enrolImages(office, pkiDir, owners);
  return office;
}

async function serve(parts: {
  readonly config: Config;
  readonly clock: Clock;
  readonly timestamps: Timestamps;
  readonly trustDir: string;
}): Promise<NestExpressApplication> {
  const settings = loadWorkflowSettings({ SEALPOST_TRUST_DIR: parts.trustDir });
  const built = await Test.createTestingModule({ imports: [WorkflowModule] })
    .overrideProvider(Config)
    .useValue(parts.config)
    .overrideProvider(LOGGER)
    .useValue(createLogger({ level: process.env['TEST_LOG'] ?? 'silent', service: 'test' }))
    .overrideProvider(Clock)
    .useValue(parts.clock)
    .overrideProvider(WorkflowSettings)
    .useValue(settings)
    .overrideProvider(Timestamps)
    .useValue(parts.timestamps)
    .overrideProvider(ACTOR_RESOLVER)
    .useValue({ resolve: (request: Request): Promise<Actor> => Promise.resolve(actorOfHeader(request)) })
    .overrideProvider(POLICY_GUARD)
    .useValue({
      decide: (actor: Actor, policy: string): Promise<PolicyDecision> =>
        Promise.resolve(decide(actor, policy)),
    })
    .compile();
  const app = built.createNestApplication<NestExpressApplication>({ bodyParser: false });
  configureHttp(app, { catalogues: [auditProblems, directoryProblems, accessProblems, workflowProblems] });
  await app.init();
  await app.listen(0, '127.0.0.1');
  return app;
}

function decide(actor: Actor, policy: string): PolicyDecision {
  return isAllowed(actor, policy) ? { allowed: true } : { allowed: false, code: 'POLICY_DENIED' };
}

function actorOfHeader(request: Request): Actor {
  const key = request.headers['x-test-person'];
  if (typeof key !== 'string') return anonymousActor(request);
  return { ...personOf(key), requestId: currentRequestContext()?.requestId ?? newId() };
}

const sessions = new Map<string, string>();

function personOf(key: string): PersonActor {
  const { id } = demoPerson(key);
  const appointment = demoDirectory.appointments.find(({ personId }) => personId === id);
  const post = demoDirectory.posts.find((candidate) => candidate.id === appointment?.postId);
  if (appointment === undefined || post === undefined) throw new Error(`${key} holds no post`);
  const sessionId = sessions.get(key) ?? newId();
  sessions.set(key, sessionId);
  return {
    kind: 'person',
    personId: id,
    agencyId: appointment.agencyId,
    bodyIds: post.bodyIds,
    postId: post.id,
    roles: appointment.roles,
    sessionId,
    ip: '127.0.0.1',
    requestId: newId(),
  };
}

function clientOf(app: NestExpressApplication, key: string): OfficeClient {
  const agent = supertest(app.getHttpServer());
  const person = { 'X-Test-Person': key };
  return {
    get: (path) => agent.get(`/api/v1${path}`).set(person),
    post: (path, body = {}, headers = {}) => agent.post(`/api/v1${path}`).set(person).set(headers).send(body),
    patch: (path, body, headers = {}) => agent.patch(`/api/v1${path}`).set(person).set(headers).send(body),
    put: (path, body, headers = {}) => agent.put(`/api/v1${path}`).set(person).set(headers).send(body),
    delete: (path) => agent.delete(`/api/v1${path}`).set(person),
    upload: (path, { bytes, role, name, title }, method = 'post') => {
      const request = agent[method](`/api/v1${path}`).set(person);
      if (role !== undefined) void request.field('role', role);
      if (title !== undefined) void request.field('title', title);
      return request.attach('file', Buffer.from(bytes), {
        filename: name ?? 'van-ban.pdf',
        contentType: 'application/pdf',
      });
    },
  };
}

function failing(source: TimestampSource, switchedOff: { readonly down: boolean }): TimestampSource {
  const dead = httpTimestampSource({ url: 'http://127.0.0.1:9/tsa', timeoutMs: 500 });
  return { timestamp: (digest, hash) => (switchedOff.down ? dead : source).timestamp(digest, hash) };
}

/** Encryption keys have no place in the vault. */
async function importKey(app: NestExpressApplication, pkiDir: string, holder: PkiHolder): Promise<void> {
  const { use } = holder;
  if (use === 'encryption') return;
  const read = async (path: string): Promise<Uint8Array> => {
    const [der] = derOrPem(await readFile(join(pkiDir, path)));
    if (der === undefined) throw new Error(`${path} is empty`);
    return der;
  };
  const chain = await Promise.all(holder.chain.map(read));
  await app.get(KeyVault, { strict: false }).import(aSystem(), {
    owner: { kind: holder.owner.kind, id: holder.owner.id },
    agencyId: holder.owner.kind === 'agency' ? holder.owner.id : agencyOfPerson(holder.owner.id),
    use,
    pkcs8: await read(holder.key),
    certificate: parseCertificate(await read(holder.certificate)),
    chain: chain.map((der) => parseCertificate(der)),
    protection: use === 'evidence' ? 'unattended' : { pin: demoPin },
  });
}

function agencyOfPerson(id: string): string {
  const person = demoDirectory.people.find((candidate) => candidate.id === id);
  if (person === undefined) throw new Error(`no demo person ${id}`);
  return person.agencyId;
}

async function enrolImages(office: TestOffice, pkiDir: string, owners: ReadonlySet<string>): Promise<void> {
  const images = office.app.get(SignatureImages, { strict: false });
  const { handwriting, seals } = office.pki.index;
  const files = [
    ...handwriting.map(({ personId, png }) => ({ owner: { kind: 'person', id: personId } as const, png })),
    ...seals.map(({ agencyId, png }) => ({ owner: { kind: 'agency', id: agencyId } as const, png })),
  ].filter(({ owner }) => owners.has(owner.id));
  const read = await Promise.all(
    files.map(async ({ owner, png }) => ({ owner, png: await readFile(join(pkiDir, png)) })),
  );
  await office.database.unitOfWork.run(aSystem(), async (tx) => {
    for (const { owner, png } of read) await images.enrol(tx, owner, png);
  });
}
