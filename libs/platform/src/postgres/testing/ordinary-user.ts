import { startEmbeddedPostgres } from '../embedded-postgres';

/** For a test: gives up root, then starts and stops PostgreSQL in a folder of its own. */
const [dir = ''] = process.argv.slice(2);
process.setgroups?.([]);
process.setgid?.(65534);
process.setuid?.(65534);
void startEmbeddedPostgres({ dir }).then(async (server) => {
  await server.database();
  await server.stop();
  process.stdout.write(`ran as ${String(process.getuid?.())}\n`);
});
