import type { ExecutionContext } from '@nestjs/common';
import { SetMetadata } from '@nestjs/common';

const secretAnswer = 'sealpost:secret-answer';

/**
 * Marks a route whose answer holds a secret that is told once: it is never kept, so that the same request under the
 * same `Idempotency-Key` is carried out again instead of being answered from what was kept.
 */
export function SecretAnswer(): MethodDecorator {
  return SetMetadata(secretAnswer, true);
}

export function isAnswerSecret(context: ExecutionContext): boolean {
  return Reflect.getMetadata(secretAnswer, context.getHandler()) === true;
}
