import { join } from 'node:path';
import { guardedFetcher, parseFetchRule } from '#pki/node';
import type { Clock, Config, UnitOfWork } from '#platform';
import type { Logger } from 'pino';

import type { WorkflowSettings } from '../settings';
import { FetchedAnswers } from './fetched-answers';
import { OnlineRevocation } from './online-revocation';
import { TrustService } from './trust-service';

/**
 * Trust of this node as it is configured: folder and cache first; addresses in certificates only at named hosts.
 *
 * @throws PkiError FETCH_RULE_INVALID for a host that is written wrongly
 */
export function makeTrust(
  settings: WorkflowSettings,
  config: Config,
  clock: Clock,
  unitOfWork: UnitOfWork,
  logger: Logger,
): TrustService {
  const { crlUrls, revocationTimeout: timeoutMs } = settings;
  const rules = [
    ...settings.revocationHosts.map((host) => parseFetchRule(host, { allowPrivate: false })),
    ...settings.revocationPrivateHosts.map((host) => parseFetchRule(host, { allowPrivate: true })),
  ];
  const onFailure = (error: unknown): void => {
    logger.warn({ err: error }, 'revocation status could not be fetched');
  };
  const online = { fetch: guardedFetcher({ rules, timeoutMs }), onFailure };
  return new TrustService(
    {
      folder: settings.trustDir ?? join(config.dataDir, 'pki'),
      crlUrls,
      // The operator names these addresses in full: nobody else can point them inside.
      fetch: guardedFetcher({
        rules: crlUrls.map((url) => parseFetchRule(new URL(url).origin, { allowPrivate: true })),
        timeoutMs,
      }),
      ...(rules.length > 0 && {
        online: new OnlineRevocation(online, new FetchedAnswers(unitOfWork), clock),
      }),
      refreshMs: settings.trustRefreshSeconds * 1000,
      onFailure: (error: unknown): void => {
        logger.error({ err: error }, 'trust material could not be read');
      },
    },
    clock,
  );
}
