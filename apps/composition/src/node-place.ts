import { join } from 'node:path';
import { demoNodeIds } from '#directory';

/** The folder of one node in the data folder of an installation: its blobs, key and network file. */
export function nodeFolder(dataDir: string, nodeId: string): string {
  return join(dataDir, 'nodes', nodeId);
}

/** The database of one node in the embedded PostgreSQL of an installation. */
export function nodeDatabaseName(nodeId: string): string {
  return nodeId === demoNodeIds.single ? 'sealpost' : `sealpost_${nodeId}`;
}
