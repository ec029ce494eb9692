import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { Request } from 'express';

/**
 * Makes a controller parameter: the version of a row that the person last saw, from `If-Match: "7"`; undefined where
 * the request says nothing. Anything else than one of our versions cannot match (RFC 9110 §13.1.1).
 *
 * @param refusal what the lib says of a version that cannot match
 */
export function ifMatchVersion(refusal: () => Error): () => ParameterDecorator {
  return createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
    const header = context.switchToHttp().getRequest<Request>().headers['if-match'];
    if (header === undefined || header === '*') return undefined;
    const match = /^"(\d{1,9})"$/.exec(header);
    if (match === null) throw refusal();
    return Number(match[1]);
  });
}
