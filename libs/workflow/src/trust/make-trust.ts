import { join } from 'node:path';
import { PkiError } from '#pki';
import type { FetchRule } from '#pki/node';
import { guardedFetcher, parseFetchRule } from '#pki/node';
import type { Clock, Config, UnitOfWork } from '#platform';
import { ConfigError } from '#platform';
import type { Logger } from 'pino';

import type { WorkflowSettings } from '../settings';
import { FetchedAnswers } from './fetched-answers';
import { OnlineRevocation } from './online-revocation';
import { TrustService } from './trust-service';

/**
 * Trust of this node as it is configured: folder and cache first; addresses in certificates only at named hosts.
 *
 * @throws ConfigError for a host that is written wrongly
 */
export function makeTrust(
  settings: WorkflowSettings,
  config: Config,
  clock: Clock,
  unitOfWork: UnitOfWork,
  logger: Logger,
): TrustService {
  const { crlUrls, revocationTimeout: timeoutMs } = settings;
  const rules = revocationRules(settings);
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

/** Places that may be asked. @throws ConfigError that names every one written wrongly */
export function revocationRules(
  settings: Pick<WorkflowSettings, 'revocationHosts' | 'revocationPrivateHosts'>,
): FetchRule[] {
  const complaints: string[] = [];
  const rulesOf = (variable: string, hosts: readonly string[], options: { readonly allowPrivate: boolean }) =>
    hosts.flatMap((host) => {
      try {
        return [parseFetchRule(host, options)];
      } catch (error) {
        if (!(error instanceof PkiError)) throw error;
        complaints.push(`${variable}: ${error.message}`);
        return [];
      }
    });
  const rules = [
    ...rulesOf('SEALPOST_REVOCATION_HOSTS', settings.revocationHosts, { allowPrivate: false }),
    ...rulesOf('SEALPOST_REVOCATION_PRIVATE_HOSTS', settings.revocationPrivateHosts, { allowPrivate: true }),
  ];
  if (complaints.length > 0) throw new ConfigError(complaints);
  return rules;
}
