import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Actor } from '../actor/actor';
import { anonymousActor, requestContext } from '../http/request-context';
import type { ActorResolverPort } from '../http/policy';
import type { FailureDescription } from './describe-failure';
import { describeFailure } from './describe-failure';
import { problem } from './problem';
import type { ProblemRegistry } from './problem-registry';
import type { RefusalRecorder } from './refusal-recorder';

export interface ProblemFilterParts {
  readonly registry: ProblemRegistry;
  readonly logger: Logger;
  /** Where `type` of an answer points: the page that explains every code. */
  readonly documentation?: string;
  readonly recorder?: RefusalRecorder | undefined;
  readonly resolver?: ActorResolverPort | undefined;
}

/** Answers everything thrown as RFC 9457 `application/problem+json`, after the refusal has been recorded. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly parts: ProblemFilterParts) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const { requestId } = requestContext(request);
    let failure = describeFailure(thrown, this.parts.registry);
    if (failure.status >= 500)
      this.parts.logger.error({ err: thrown, code: failure.code, requestId }, 'request failed');
    failure = await this.record(request, failure);
    if (response.headersSent) {
      // Half an answer cannot be taken back: cut it, so that nobody takes it for a whole one.
      response.destroy();
      return;
    }
    response
      .status(failure.status)
      .type('application/problem+json')
      .set('Cache-Control', 'no-store')
      .send(JSON.stringify(this.render(failure, requestId)));
  }

  private render(failure: FailureDescription, requestId: string): object {
    return {
      type: `${this.parts.documentation ?? '/docs/errors.md'}#${failure.code}`,
      title: failure.detail.en,
      status: failure.status,
      code: failure.code,
      detail: failure.detail,
      errors: failure.errors,
      requestId,
      ...failure.facts,
    };
  }

  /** Fails closed: a refusal that cannot be recorded is answered as `SERVICE_UNAVAILABLE`. */
  private async record(request: Request, failure: FailureDescription): Promise<FailureDescription> {
    if (!this.parts.recorder) return failure;
    const { requestId } = requestContext(request);
    try {
      await this.parts.recorder.record({
        actor: await this.actorOf(request),
        requestId,
        method: request.method,
        route: routeOf(request),
        status: failure.status,
        code: failure.code,
      });
      return failure;
    } catch (error) {
      this.parts.logger.error({ err: error, requestId, code: failure.code }, 'refusal could not be recorded');
      return describeFailure(problem('SERVICE_UNAVAILABLE'), this.parts.registry);
    }
  }

  /** Requests that never reached the guard (unknown route, broken body) may still come from somebody known. */
  private async actorOf(request: Request): Promise<Actor> {
    const context = requestContext(request);
    if (context.actor) return context.actor;
    const anonymous = anonymousActor(request);
    return (await this.parts.resolver?.resolve(request).catch(() => anonymous)) ?? anonymous;
  }
}

function routeOf(request: Request): string {
  const route: unknown = (request as { route?: unknown }).route;
  const pattern =
    typeof route === 'object' && route !== null ? (route as { path?: unknown }).path : undefined;
  return typeof pattern === 'string' ? pattern : request.path.slice(0, 200);
}
