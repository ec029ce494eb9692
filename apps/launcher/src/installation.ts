import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DemoLayout, PkiIndex } from '#directory';
import { demoAgency, demoNodeIds, demoNodeOf } from '#directory';
import type { DatabaseUrls, EmbeddedPostgres } from '#platform';
import { startEmbeddedPostgres } from '#platform';
import { developmentPort, ensureDevelopmentPki } from '#certs-dev';
import { nodeDatabaseName, nodeFolder } from '../../composition/src/node-place';
import { freePort } from './free-port';
import type { RunningProgram } from './program';
import { startProgram } from './program';

export interface InstallationSettings {
  /** Everything it keeps: PKI, databases, blobs, keys, logs. */
  readonly dataDir: string;
  readonly layout: DemoLayout;
  /** Of the first node; 0 or taken: any free one. */
  readonly httpPort: number;
  /** Further settings for every program. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onProgress?: (message: string) => void;
}

/** One node: its database, its api and its worker. */
export interface RunningNode {
  readonly nodeId: string;
  readonly origin: string;
  readonly database: DatabaseUrls;
  /** The one that runs now. */
  readonly api: RunningProgram;
  readonly worker: RunningProgram;
  /** Another one in place of the one that has ended, at the same addresses. */
  restartApi(): Promise<RunningProgram>;
  restartWorker(): Promise<RunningProgram>;
  stop(): Promise<void>;
}

/** A demo installation on this machine: development PKI, PostgreSQL, one or two nodes. */
export interface Installation {
  readonly pkiDir: string;
  readonly pki: PkiIndex;
  readonly nodes: readonly RunningNode[];
  /** PostgreSQL of the installation as it runs now; absent when DATABASE_URL names another. */
  readonly postgres: EmbeddedPostgres | undefined;
  /** The node that hosts a demo agency. */
  nodeOf(agencyKey: string): RunningNode;
  /** PostgreSQL again, after it was killed, at the same address. */
  restartPostgres(): Promise<void>;
  stop(): Promise<void>;
}

export async function startInstallation(settings: InstallationSettings): Promise<Installation> {
  const dataDir = resolve(settings.dataDir);
  // Before anything makes a private folder in it: PostgreSQL's account has to get through.
  await mkdir(dataDir, { recursive: true });
  const logDir = join(dataDir, 'log');
  const pkiDir = join(dataDir, 'pki');
  const say = settings.onProgress ?? ((): void => undefined);
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    say('development PKI …');
    const { index: pki } = await ensureDevelopmentPki({ out: pkiDir });
    const pkiServer = await startPkiServer(pkiDir, logDir);
    const pkiPort = Number(new URL(String(pkiServer.ready['url'])).port);
    stops.push(() => pkiServer.stop());
    say('PostgreSQL …');
    let postgres = process.env['DATABASE_URL'] ? undefined : await embedded(dataDir);
    stops.push(async () => postgres?.stop());

    const network = await planNetwork(settings.layout, settings.httpPort);
    const nodes: RunningNode[] = [];
    for (const plan of network) {
      say(`node ${plan.nodeId}: database, demo agencies and people …`);
      const database = postgres ? await postgres.database(nodeDatabaseName(plan.nodeId)) : externalDatabase();
      const env = {
        ...(await nodeEnvironment({ plan, network, settings, database, dataDir, pkiDir, pki, pkiPort })),
        ...settings.env,
      };
      const node = await startNode(plan.nodeId, env, database, logDir, say);
      stops.push(() => node.stop());
      nodes.push(node);
    }
    return {
      pkiDir,
      pki,
      nodes,
      get postgres() {
        return postgres;
      },
      nodeOf: (agencyKey) => {
        const id = demoNodeOf(demoAgency(agencyKey), settings.layout);
        const node = nodes.find(({ nodeId }) => nodeId === id);
        if (!node) throw new Error(`no node hosts ${agencyKey}`);
        return node;
      },
      restartPostgres: async () => {
        postgres = await embedded(dataDir, postgres?.record.port);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** At the port that certificates name, else at any: another installation may be starting at the same time. */
async function startPkiServer(pkiDir: string, logDir: string): Promise<RunningProgram> {
  const at = (port: number): Promise<RunningProgram> =>
    startProgram({
      name: 'development-pki',
      main: 'certs-dev/src/server/main',
      args: ['--pki', pkiDir, '--port', String(port)],
      env: {},
      logDir,
    });
  return at(await freePort(developmentPort)).catch(() => at(0));
}

function embedded(dataDir: string, port = 0): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dir: join(dataDir, 'postgres'), port });
}

function externalDatabase(): DatabaseUrls {
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } = process.env;
  if (!appUrl || !ownerUrl)
    throw new Error('with DATABASE_URL, set DATABASE_OWNER_URL as well: the role that migrates');
  return { appUrl, ownerUrl };
}

interface NodePlan {
  readonly nodeId: string;
  readonly httpPort: number;
  readonly exchangePort: number | undefined;
}

async function planNetwork(layout: DemoLayout, firstPort: number): Promise<readonly NodePlan[]> {
  const httpPort = await freePort(firstPort);
  if (layout === 'one-node') return [{ nodeId: demoNodeIds.single, httpPort, exchangePort: undefined }];
  return [
    { nodeId: demoNodeIds.party, httpPort, exchangePort: await freePort() },
    { nodeId: demoNodeIds.state, httpPort: await freePort(), exchangePort: await freePort() },
  ];
}

interface NodeSurroundings {
  readonly plan: NodePlan;
  readonly network: readonly NodePlan[];
  readonly settings: InstallationSettings;
  readonly database: DatabaseUrls;
  readonly dataDir: string;
  readonly pkiDir: string;
  readonly pki: PkiIndex;
  readonly pkiPort: number;
}

async function nodeEnvironment(of: NodeSurroundings): Promise<Record<string, string>> {
  const nodeDir = nodeFolder(of.dataDir, of.plan.nodeId);
  await mkdir(nodeDir, { recursive: true, mode: 0o700 });
  const tsa = new URL(of.pki.services.tsa);
  tsa.port = String(of.pkiPort);
  return {
    SEALPOST_DEMO: '1',
    SEALPOST_DEMO_LAYOUT: of.settings.layout,
    SEALPOST_NODE_ID: of.plan.nodeId,
    SEALPOST_DATA_DIR: nodeDir,
    SEALPOST_HTTP_PORT: String(of.plan.httpPort),
    SEALPOST_PKI_DIR: of.pkiDir,
    SEALPOST_TRUST_DIR: of.pkiDir,
    SEALPOST_TSA_URL: tsa.href,
    SEALPOST_REVOCATION_PRIVATE_HOSTS: tsa.origin,
    DATABASE_URL: of.database.appUrl,
    DATABASE_OWNER_URL: of.database.ownerUrl,
    ...(of.network.length > 1 ? { SEALPOST_EXCHANGE_NETWORK: await writeNetworkFile(nodeDir, of) } : {}),
  };
}

/** What each node knows of the others: address, certificate authority, name. */
async function writeNetworkFile(
  nodeDir: string,
  { plan, network, pki, pkiDir }: NodeSurroundings,
): Promise<string> {
  const file = join(nodeDir, 'network.json');
  const own = pki.transport.nodes.find(({ nodeId }) => nodeId === plan.nodeId);
  if (!own) throw new Error(`the development PKI has no transport certificate for ${plan.nodeId}`);
  const content = {
    listen: { host: '127.0.0.1', port: plan.exchangePort },
    certificate: join(pkiDir, own.certificate),
    privateKey: join(pkiDir, own.key),
    peers: network
      .filter(({ nodeId }) => nodeId !== plan.nodeId)
      .map(({ nodeId, exchangePort }) => ({
        nodeId,
        url: `https://127.0.0.1:${exchangePort ?? 0}`,
        ca: join(pkiDir, pki.transport.ca),
        certificateName: nodeId,
      })),
  };
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  return file;
}

async function startNode(
  nodeId: string,
  env: Readonly<Record<string, string>>,
  database: DatabaseUrls,
  logDir: string,
  say: (message: string) => void,
): Promise<RunningNode> {
  const program = (name: string, main: string): Promise<RunningProgram> =>
    startProgram({ name: `${nodeId}-${name}`, main, env: { ...env, SEALPOST_SERVICE: name }, logDir });
  const preparation = await program('prepare', 'apps/composition/src/prepare-node');
  await preparation.ended;
  say(`node ${nodeId}: api and worker …`);
  const startApi = (): Promise<RunningProgram> => program('api', 'apps/api/src/main');
  const startWorker = (): Promise<RunningProgram> => program('worker', 'apps/worker/src/main');
  let api = await startApi();
  let worker = await startWorker();
  return {
    nodeId,
    origin: `http://127.0.0.1:${String(api.ready['port'])}`,
    database,
    get api() {
      return api;
    },
    get worker() {
      return worker;
    },
    restartApi: async () => (api = await startApi()),
    restartWorker: async () => (worker = await startWorker()),
    stop: async () => {
      await Promise.all([worker.stop(), api.stop()]);
    },
  };
}
