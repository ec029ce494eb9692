import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { BadRequestException, Injectable, PayloadTooLargeException } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { actorOf, Config, problem } from '#platform';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';

import { WorkflowError } from '../../errors';
import { AddFile } from './add-file';
import { UploadsInFlight } from './uploads-in-flight';

/**
 * Takes in one form field `file` within the limit. What is too large is refused while it arrives, and the
 * refusal stands in the trail; nothing of it is kept.
 */
@Injectable()
export class PdfUploadInterceptor implements NestInterceptor {
  private readonly inner: NestInterceptor;

  constructor(
    config: Config,
    private readonly uploads: UploadsInFlight,
    private readonly addFile: AddFile,
  ) {
    const limits = {
      fileSize: config.uploadLimit,
      files: 1,
      fields: 5,
      fieldSize: 4096,
      fieldNameSize: 50,
      parts: 8,
    };
    const Interceptor = FileInterceptor('file', { limits, ...utf8Names });
    this.inner = new Interceptor();
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const giveBack = this.uploads.take(request.headers['content-length']);
    if (giveBack === undefined) {
      response.setHeader('Retry-After', String(retryAfterSeconds));
      throw new WorkflowError('UPLOADS_BUSY', { facts: { retryAfterSeconds } });
    }
    response.once('close', giveBack);
    try {
      return await this.inner.intercept(context, { handle: () => checkedFields(request, next) });
    } catch (error) {
      // Whatever else is wrong with a form while it is taken in: no file is looked at yet.
      if (error instanceof BadRequestException) throw problem('MALFORMED_BODY', { cause: error });
      if (!(error instanceof PayloadTooLargeException)) throw error;
      await this.recordRefusal(context);
      throw new WorkflowError('FILE_TOO_LARGE', { cause: error });
    }
  }

  private async recordRefusal(context: ExecutionContext): Promise<void> {
    const request = context.switchToHttp().getRequest<Request>();
    const actor = actorOf(request);
    const id = request.params['id'];
    if (actor.kind === 'person' && typeof id === 'string')
      await this.addFile.recordRefusal(actor, id, 'FILE_TOO_LARGE', null);
  }
}

/** By then one of those in flight has mostly been looked at. */
const retryAfterSeconds = 5;

/** A field of this name would be passed over on the way to the DTO, as if it had not been sent. */
function checkedFields(request: Request, next: CallHandler): Observable<unknown> {
  const fields: unknown = request.body;
  if (typeof fields === 'object' && fields !== null && Object.hasOwn(fields, '__proto__'))
    throw problem('MALFORMED_BODY');
  return next.handle();
}

/** Browsers send names as UTF-8; multer would read them as Latin-1. Nest's type does not list the option. */
const utf8Names = { defParamCharset: 'utf8' };
