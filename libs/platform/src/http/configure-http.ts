import type { INestApplicationContext, Type } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import type { Request, Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { HttpLogger } from 'pino-http';
import { pinoHttp } from 'pino-http';
import { Config } from '../config/config';
import { IdempotencyInterceptor } from '../idempotency/idempotency-interceptor';
import { newId } from '../ids';
import { LOGGER, nestLogger } from '../logs/logger';
import type { ProblemCatalogue } from '../problems/problem';
import { problem } from '../problems/problem';
import { ProblemFilter } from '../problems/problem-filter';
import { ProblemRegistry } from '../problems/problem-registry';
import type { RefusalRecorder } from '../problems/refusal-recorder';
import { REFUSAL_RECORDER } from '../problems/refusal-recorder';
import { jsonShapeFault } from './json-shape';
import type { ActorResolverPort, PolicyGuardPort } from './policy';
import { ACTOR_RESOLVER, POLICY_GUARD } from './policy';
import { openRequestContext } from './request-context';
import { RoutePolicyGuard } from './route-policy-guard';
import { createValidationPipe } from './validation-pipe';

export interface HttpSettings {
  /** Problem catalogues of all composed libs; the platform's own is added. */
  readonly catalogues: readonly ProblemCatalogue[];
  /** Base of `type` in problem answers; `/docs/errors.md` if not given. */
  readonly documentation?: string;
}

/** Bytes of an answer below which compressing costs more than it saves. */
const leastToCompress = 2048;
/** Largest JSON body: files come as forms, with limits of their own. */
const jsonLimit = '256kb';
/** Nest hands them on to body-parser as they are, though its own type leaves `verify` out. */
const jsonSettings = { limit: jsonLimit, strict: true, verify: checkShape };

/** An HTTP application of a root module, with everything below in place. Still to be served or initialised. */
export async function createHttpApp(module: Type, settings: HttpSettings): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(module, {
    bodyParser: false,
    bufferLogs: true,
  });
  configureHttp(app, settings);
  return app;
}

/**
 * Request ids, logs, security headers, compressed lists, bounded bodies, the guard, checks of input, idempotency and problem+json. The
 * ports ACTOR_RESOLVER, POLICY_GUARD and REFUSAL_RECORDER are taken from whichever module provides them. The
 * application must have been created with `bodyParser: false`.
 */
export function configureHttp(app: NestExpressApplication, settings: HttpSettings): void {
  const config = app.get(Config, { strict: false });
  const logger = app.get<Logger>(LOGGER, { strict: false });
  const registry = app.get(ProblemRegistry, { strict: false }).add(settings.catalogues);
  const resolver = port(app, ACTOR_RESOLVER) as ActorResolverPort | undefined;
  app.useLogger(nestLogger(logger));
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustedProxies.length > 0 ? [...config.trustedProxies] : false);
  app.use(openContext);
  app.use(accessLog(logger));
  app.use(securityHeaders(config));
  app.use(compression({ filter: isJson, threshold: leastToCompress }));
  app.useBodyParser('json', jsonSettings);
  app.use(refuseOtherBodies);
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalGuards(
    new RoutePolicyGuard({ resolver, policies: port(app, POLICY_GUARD) as PolicyGuardPort | undefined }),
  );
  app.useGlobalInterceptors(app.get(IdempotencyInterceptor, { strict: false }));
  app.useGlobalFilters(
    new ProblemFilter({
      registry,
      logger,
      resolver,
      recorder: port(app, REFUSAL_RECORDER) as RefusalRecorder | undefined,
      ...(settings.documentation === undefined ? {} : { documentation: settings.documentation }),
    }),
  );
}

function port(app: INestApplicationContext, token: symbol): unknown {
  try {
    return app.get(token, { strict: false });
  } catch {
    return undefined;
  }
}

function openContext(request: Request, response: Response, next: () => void): void {
  const requestId = newId();
  response.setHeader('X-Request-Id', requestId);
  response.setHeader('Cache-Control', 'no-store');
  const ip = (request.ip ?? '').replace(/^::ffff:/, '');
  openRequestContext(request, { requestId, ip }, next);
}

/** One line per request: no query (it may hold what somebody searched for), no headers, no body. */
function accessLog(logger: Logger): HttpLogger {
  return pinoHttp({
    logger,
    quietReqLogger: true,
    autoLogging: { ignore: (request: IncomingMessage) => request.url?.startsWith('/health') === true },
    serializers: {
      req: (request: { method: string; url: string }) => ({
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request: IncomingMessage, response: ServerResponse, error?: Error) =>
      error || response.statusCode >= 500 ? 'error' : 'info',
  });
}

function securityHeaders(config: Config): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        // The page's reader of PDFs decodes pictures in WebAssembly; no text is ever run as script.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: ["'self'", 'blob:'],
        ...(config.production ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: config.production ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  });
}

/**
 * Lists shrink to a fifth on the slow lines of communes. Files are compressed already, and a stream of notices must not
 * wait for its next block. That the length of an answer tells of what it holds (BREACH) needs requests sent with the
 * cookie from elsewhere: it is SameSite=Strict.
 */
function isJson(_request: Request, response: Response): boolean {
  return /^application\/(problem\+)?json\b/.test(String(response.getHeader('Content-Type')));
}

/** A body that no parser takes would otherwise pass for none at all. */
function refuseOtherBodies(request: Request, _response: Response, next: (error?: unknown) => void): void {
  const { 'transfer-encoding': chunked, 'content-length': length = '0' } = request.headers;
  const hasBody = chunked !== undefined || length !== '0';
  const isOther = request.is(['application/json', 'multipart/form-data']) === false;
  next(hasBody && isOther ? problem('UNSUPPORTED_MEDIA_TYPE') : undefined);
}

/** JSON is UTF-8 (RFC 8259 §8.1); in another encoding the parser would read other names than were checked here. */
function checkShape(_request: unknown, _response: unknown, body: Buffer, encoding: string | null): void {
  if (encoding !== 'utf-8')
    throw Object.assign(new Error('JSON body: not UTF-8'), { status: 415, type: 'charset.unsupported' });
  const fault = jsonShapeFault(body.toString('utf8'));
  if (fault)
    throw Object.assign(new Error(`JSON body: ${fault}`), { status: 400, type: 'entity.verify.failed' });
}
