import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable, StreamableFile } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { from, lastValueFrom } from 'rxjs';
import type { Actor, PersonActor } from '../actor/actor';
import { commitIsInDoubt, UnitOfWork } from '../database/unit-of-work';
import { actorOf } from '../http/request-context';
import type { FailureDescription } from '../problems/describe-failure';
import { databaseIsAway, describeFailure } from '../problems/describe-failure';
import { problem } from '../problems/problem';
import { NodeKeys } from '../keys/node-keys';
import { ProblemRegistry } from '../problems/problem-registry';
import { Clock } from '../time/clock';
import type { KeyScope, StoredAnswer } from './idempotency-keys';
import { claimKey, longestRequest, releaseKey, storeAnswer } from './idempotency-keys';
import type { ReplayRecorder } from './replay-recorder';
import { REPLAY_RECORDER } from './replay-recorder';
import { requestDigest } from './request-digest';
import { isAnswerSecret } from './secret-answer';

/** Answers that another try may change although the request stays the same. */
const passing = new Set([408, 425, 429]);
/** Milliseconds between attempts to write down an outcome while the database is away. */
const settlePause = 250;

/**
 * Carries out a POST under an `Idempotency-Key` once: the same request again gets the first answer (header
 * `Idempotency-Replayed: true`), for 24 hours, and the trail gets an entry of it. Answers below 500 are kept, refusals
 * too. A key belongs to a person, in one office, or node and a path. Requests of nobody known (login) and answers
 * that are files or secret are never kept.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly registry: ProblemRegistry,
    private readonly keys: NodeKeys,
    private readonly modules: ModuleRef,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (!isForm(context.switchToHttp().getRequest<Request>())) return this.once(context, next);
    // A form's content is known only after it has been taken in: see UploadIdempotencyInterceptor.
    return next.handle();
  }

  protected async once(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    const actor = actorOf(request);
    const scope = scopeOf(request, actor);
    if (!scope) return next.handle();
    const digest = await requestDigest(request, this.keys);
    const claim = await claimKey(this.unitOfWork, scope, digest, this.clock.now());
    switch (claim.kind) {
      case 'other request':
        throw problem('IDEMPOTENCY_KEY_REUSED');
      case 'other office':
        throw problem('IDEMPOTENCY_OTHER_OFFICE');
      case 'in progress':
        throw problem('IDEMPOTENCY_IN_PROGRESS');
      case 'outcome unknown':
        throw problem('IDEMPOTENCY_OUTCOME_UNKNOWN');
      case 'answered':
        await this.recordReplay(request, actor, claim.answer);
        return from([replay(context.switchToHttp().getResponse<Response>(), claim.answer)]);
      case 'claimed':
        return from(this.carryOut(context, next, scope));
    }
  }

  /** The port is looked up late: the lib that fulfils it imports this one. */
  private async recordReplay(request: Request, actor: Actor, { status, body }: StoredAnswer): Promise<void> {
    const recorder = recorderIn(this.modules);
    const code = status < 400 || body === null ? undefined : (JSON.parse(body) as FailureDescription).code;
    const { method, path } = request;
    await recorder?.record({ actor, method, path, status, ...(code !== undefined && { code }) });
  }

  private async carryOut(context: ExecutionContext, next: CallHandler, scope: KeyScope): Promise<unknown> {
    let value: unknown;
    try {
      value = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      // Given back, the key would let the request be carried out again, perhaps for the second time.
      if (commitIsInDoubt(error)) throw error;
      const failure = describeFailure(error, this.registry);
      await this.settle(
        scope,
        failure.status < 500 && !passing.has(failure.status) ? refusal(failure) : undefined,
      );
      throw error;
    }
    const { statusCode } = context.switchToHttp().getResponse<Response>();
    const storable = statusCode < 500 && !(value instanceof StreamableFile) && !isAnswerSecret(context);
    await this.settle(scope, storable ? { status: statusCode, body: bodyOf(value) } : undefined);
    return value;
  }

  /** The request has its outcome, whether that can be written down now or only when the database is back. */
  private async settle(scope: KeyScope, answer: StoredAnswer | undefined): Promise<void> {
    const write = (): Promise<void> =>
      answer
        ? storeAnswer(this.unitOfWork, scope, answer, this.clock.now())
        : releaseKey(this.unitOfWork, scope);
    await write().catch((error: unknown) => {
      if (!databaseIsAway(error)) throw error;
      void settleLater(write);
    });
  }
}

/** Until the outcome counts as unknown. A process that ends meanwhile leaves it at that. */
async function settleLater(write: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + longestRequest; Date.now() < deadline;) {
    await pause(settlePause, undefined, { ref: false });
    const settled = await write().then(
      () => true,
      (error: unknown) => !databaseIsAway(error),
    );
    if (settled) return;
  }
}

/**
 * The same for forms with files: `@UseInterceptors(FileInterceptor('file'), UploadIdempotencyInterceptor)`, in this
 * order, so that the files' contents tell one request from another.
 */
@Injectable()
export class UploadIdempotencyInterceptor extends IdempotencyInterceptor {
  override intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    return this.once(context, next);
  }
}

function recorderIn(modules: ModuleRef): ReplayRecorder | undefined {
  try {
    return modules.get<ReplayRecorder>(REPLAY_RECORDER, { strict: false });
  } catch {
    return undefined;
  }
}

function isForm(request: Request): boolean {
  return request.headers['content-type']?.toLowerCase().startsWith('multipart/') === true;
}

function scopeOf(request: Request, actor: Actor): KeyScope | undefined {
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(key)) throw problem('IDEMPOTENCY_KEY_INVALID');
  const route = `POST ${request.path}`.slice(0, 300);
  if (actor.kind === 'person')
    return { owner: `person:${actor.personId}`, route, key, office: officeOf(actor) };
  if (actor.kind === 'node') return { owner: `node:${actor.nodeId}`, route, key, office: '' };
  return undefined;
}

function officeOf({ agencyId, postId, roles }: PersonActor): string {
  return [agencyId, postId ?? '', ...roles.toSorted()].join(' ');
}

function bodyOf(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function refusal({ code, status, detail, errors, facts }: FailureDescription): StoredAnswer {
  return { status, body: JSON.stringify({ code, detail, errors, facts }) };
}

function replay(response: Response, answer: StoredAnswer): unknown {
  response.setHeader('Idempotency-Replayed', 'true');
  const value: unknown = answer.body === null ? undefined : JSON.parse(answer.body);
  if (answer.status >= 400) {
    const { code, ...details } = value as FailureDescription;
    throw problem(code, details);
  }
  response.status(answer.status);
  return value;
}
