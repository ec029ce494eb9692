import type { INestApplicationContext } from '@nestjs/common';
import { demoDirectory } from '#directory';
import { Config, ConfigError, newId, UnitOfWork } from '#platform';
import { TrustService } from '#workflow';

/** Organization in every name of the development PKI's own authorities. */
const demoOrganization = 'Sealpost (trình diễn)';

/**
 * Production starts neither on a database that demo data was once entered into nor with trust in the development PKI,
 * whatever SEALPOST_DEMO says now: everybody knows those passwords, PINs and keys.
 *
 * @throws ConfigError
 */
export async function refuseDemoInProduction(app: INestApplicationContext): Promise<void> {
  if (!app.get(Config, { strict: false }).production) return;
  const complaints: string[] = [];
  const actor = { kind: 'system', service: 'start', requestId: newId() } as const;
  const held = await app
    .get(UnitOfWork, { strict: false })
    .run(actor, (tx) =>
      tx.query('SELECT FROM directory.agency WHERE id = ANY($1) LIMIT 1', [
        demoDirectory.agencies.map(({ id }) => id),
      ]),
    );
  if (held.length > 0)
    complaints.push(
      'DATABASE_URL: the database holds demo agencies, people and keys; production needs a database of its own',
    );
  const { anchors } = await app.get(TrustService, { strict: false }).material();
  if (anchors.some(({ subject }) => subject.toString().includes(demoOrganization)))
    complaints.push('SEALPOST_TRUST_DIR: trusts the development PKI; name the authorities that really issue');
  if (complaints.length > 0) throw new ConfigError(complaints);
}
