import { parseArgs } from 'node:util';
import { developmentPort } from '../pki/urls';
import { startDevelopmentPki } from './start';

const { values } = parseArgs({
  options: {
    pki: { type: 'string', default: 'var/pki' },
    port: { type: 'string', default: String(developmentPort) },
  },
});

startDevelopmentPki({ pkiDir: values.pki, port: Number(values.port) }).then(
  (server) => {
    process.send?.({ url: server.url });
    console.log(`development PKI at ${server.url}: /tsa /ocsp /crl /ca`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
