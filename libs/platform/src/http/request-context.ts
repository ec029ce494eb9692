import { AsyncLocalStorage } from 'node:async_hooks';
import type { Request } from 'express';
import type { Actor, AnonymousActor } from '../actor/actor';

/** What is known about the request being served. */
export interface RequestContext {
  readonly requestId: string;
  /** Address of the caller; behind a trusted proxy the forwarded one. */
  readonly ip: string;
  /** Set by the guard once the caller is known. */
  actor?: Actor;
}

const contexts = new WeakMap<object, RequestContext>();
const current = new AsyncLocalStorage<RequestContext>();

export function openRequestContext(request: Request, context: RequestContext, next: () => void): void {
  contexts.set(request, context);
  current.run(context, next);
}

/** The context of a request; throws when the platform's middleware did not run for it. */
export function requestContext(request: Request): RequestContext {
  const context = contexts.get(request);
  if (!context) throw new Error('request without context: configureHttp() was not applied');
  return context;
}

/** The context of the request being served in this asynchronous flow, if any. */
export function currentRequestContext(): RequestContext | undefined {
  return current.getStore();
}

/** The actor of a request: whoever the guard found, else nobody known. */
export function actorOf(request: Request): Actor {
  const context = requestContext(request);
  return context.actor ?? anonymousActor(request);
}

export function anonymousActor(request: Request): AnonymousActor {
  const { ip, requestId } = requestContext(request);
  return { kind: 'anonymous', ip, requestId };
}
