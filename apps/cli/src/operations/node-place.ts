import { demoNodeIds } from '#directory';
import { embeddedPostgresUrls, loadConfig, startEmbeddedPostgres } from '#platform';
import { join, resolve } from 'node:path';
import { nodeDatabaseName, nodeFolder } from '../../../composition/src/node-place';

/** Where a node keeps what a backup holds. */
export interface NodePlace {
  readonly nodeId: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly blobDir: string;
  readonly nodeKeyFile: string;
  /** Stops PostgreSQL if it was started for this. */
  leave(): Promise<void>;
}

/**
 * The node that the environment describes (DATABASE_URL, DATABASE_OWNER_URL, SEALPOST_DATA_DIR …), else a node of the
 * installation in `dataDir`, whose embedded PostgreSQL is used if it runs and started for the time if not.
 */
export async function openNodePlace(dataDir: string, nodeId: string | undefined): Promise<NodePlace> {
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } = process.env;
  if (appUrl && ownerUrl) {
    const config = loadConfig();
    return {
      ...{ nodeId: config.nodeId, ownerUrl, appUrl, blobDir: config.blobs, nodeKeyFile: config.nodeKey },
      leave: () => Promise.resolve(),
    };
  }
  const id = nodeId ?? demoNodeIds.single;
  const dir = join(resolve(dataDir), 'postgres');
  const runs = embeddedPostgresUrls(dir) !== undefined;
  const postgres = await startEmbeddedPostgres({ dir });
  const urls = await postgres.database(nodeDatabaseName(id));
  const nodeDir = nodeFolder(resolve(dataDir), id);
  return {
    ...{
      nodeId: id,
      ...urls,
      blobDir: join(nodeDir, 'blobs'),
      nodeKeyFile: join(nodeDir, 'keys', 'node.key'),
    },
    leave: () => (runs ? Promise.resolve() : postgres.stop()),
  };
}
