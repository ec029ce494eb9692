import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** The API as OpenAPI 3: docs/openapi.json is this, with its keys in a stable order. */
export function openApiDocument(app: NestExpressApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle('Sealpost')
    .setDescription(
      'Exchange of official documents between agencies: write, sign, number, send, verify, accept. ' +
        'Errors are application/problem+json (RFC 9457) with a stable code, explained in docs/errors.md.',
    )
    .setVersion('1')
    .addCookieAuth('__Host-sealpost', { type: 'apiKey', in: 'cookie', name: '__Host-sealpost' })
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-CSRF-Token' }, 'csrf')
    .build();
  const document = SwaggerModule.createDocument(app, settings, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  return {
    ...document,
    paths: sorted(document.paths),
    ...(document.components ? { components: sortedComponents(document) } : {}),
  };
}

/** Serves the document at `/api/docs` (page) and `/api/docs-json`. */
export function setupOpenApi(app: NestExpressApplication): OpenAPIObject {
  const document = openApiDocument(app);
  SwaggerModule.setup('api/docs', app, document, { customSiteTitle: 'Sealpost API' });
  return document;
}

function sorted<T>(entries: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sortedComponents({ components = {} }: OpenAPIObject): NonNullable<OpenAPIObject['components']> {
  return { ...components, ...(components.schemas ? { schemas: sorted(components.schemas) } : {}) };
}
