import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RoutePolicy } from './policy';
import { policyMetadata } from './policy';

/** A route as the running application has it. */
export interface ListedRoute {
  readonly method: string;
  /** Pattern, e.g. `/api/v1/documents/:id`. */
  readonly path: string;
  /** undefined: served beside the guard (pages of the API documentation), or denied to everybody. */
  readonly policy: string | undefined;
  /** Why it is public, if it is. */
  readonly reason: string | undefined;
}

interface ExpressLayer {
  readonly route?: {
    readonly path: unknown;
    readonly methods: Readonly<Record<string, boolean>>;
    readonly stack: readonly { readonly handle: object }[];
  };
}

/**
 * Every route that Express will serve, read from its router after the application has been initialised. Nest copies a
 * handler's metadata onto what it registers, so policies that stand on methods are seen; those on classes are not.
 */
export function listRoutes(app: NestExpressApplication): readonly ListedRoute[] {
  const express = app.getHttpAdapter().getInstance() as unknown as {
    router: { stack: readonly ExpressLayer[] };
  };
  return express.router.stack
    .flatMap(({ route }) => (route ? routesOf(route) : []))
    .sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));
}

function routesOf(route: NonNullable<ExpressLayer['route']>): ListedRoute[] {
  const policy = route.stack
    .map(({ handle }) => Reflect.getMetadata(policyMetadata, handle) as RoutePolicy | undefined)
    .find((found) => found !== undefined);
  return Object.keys(route.methods)
    .filter((method) => route.methods[method])
    .map((method) => ({
      method: method.toUpperCase(),
      path: String(route.path),
      policy: policy?.policy,
      reason: policy?.reason,
    }));
}
