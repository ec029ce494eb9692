import type { OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Request, Response } from 'express';

import { OpenSessions } from '#access';
import { AuditTrail } from '#audit';
import type { PersonActor, SystemActor } from '#platform';
import { isId, LOGGER, newId, onServerClosing, UnitOfWork } from '#platform';

import { WorkflowError } from '../errors';
import { NoticeChannel } from './notice-channel';
import { NoticeStream } from './notice-stream';
import type { NoticeRow } from './notice-view';
import { noticeColumns, noticeView } from './notice-view';

/** Of one person in this process: a few windows, not a flood. */
const streamsPerPerson = 5;
const streamsPerProcess = 2000;
const heartbeatMs = 20_000;
/** Notices sent again on resuming, because what commits late may be older than what was sent last. */
const overlapMs = 10_000;
const resumed = 200;

/**
 * Open streams of this process. Whatever process makes a notice, each hears of it from PostgreSQL and sends it to those
 * of its streams that it is for. A stream ends with its session, and with any change of the person's office.
 */
@Injectable()
export class NoticeStreams implements OnApplicationShutdown {
  private readonly streams = new Set<NoticeStream>();
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly sessions: OpenSessions,
    private readonly channel: NoticeChannel,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Opens a stream on the response; resumes behind `Last-Event-ID`. Where the person has as many as there may be, it
   * takes the place of the oldest of its own session: the server may not have heard yet that a window was closed.
   *
   * @throws WorkflowError NOTICE_STREAMS_FULL when they all belong to other sessions
   */
  async open(actor: PersonActor, request: Request, response: Response): Promise<void> {
    const own = this.ofPerson(actor);
    const isFull = own.length >= streamsPerPerson && !own.some((stream) => sameSession(stream, actor));
    if (isFull || this.streams.size >= streamsPerProcess) throw new WorkflowError('NOTICE_STREAMS_FULL');
    await this.audit.record(actor, { action: 'notice.stream_opened', outcome: 'success' });
    await this.channel.listen({
      notice: (personId, noticeId) => {
        this.deliver(personId, noticeId);
      },
      gap: () => {
        for (const stream of this.streams) stream.reload();
      },
    });
    // Whoever reloads the page quickly has gone by now, and nothing would ever end the stream.
    if (response.closed) return;
    this.makeRoom(actor);
    const stream = new NoticeStream(actor, response);
    this.streams.add(stream);
    response.once('close', () => this.streams.delete(stream));
    onServerClosing(request, () => {
      this.endAll();
    });
    this.heartbeat ??= setInterval(() => void this.beat(), heartbeatMs).unref();
    const last = request.headers['last-event-id'];
    if (typeof last === 'string') await this.resume(stream, last);
  }

  /** Ends streams whose session is over, and keeps the others from being taken for dead. */
  async beat(): Promise<void> {
    try {
      const open = await this.sessions.stillOpen([...this.streams].map(({ actor }) => actor));
      for (const stream of this.streams) {
        if (open.has(stream.actor)) stream.heartbeat();
        else stream.end();
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'sessions of notice streams could not be looked at');
    }
  }

  onApplicationShutdown(): void {
    clearInterval(this.heartbeat);
    this.endAll();
  }

  private ofPerson({ personId }: PersonActor): NoticeStream[] {
    return [...this.streams].filter((stream) => stream.actor.personId === personId);
  }

  private makeRoom(actor: PersonActor): void {
    const own = this.ofPerson(actor);
    if (own.length < streamsPerPerson) return;
    const oldest = own.find((stream) => sameSession(stream, actor));
    if (oldest === undefined) return;
    oldest.replaced();
    this.streams.delete(oldest);
  }

  private endAll(): void {
    for (const stream of this.streams) stream.end();
    this.streams.clear();
  }

  private deliver(personId: string, noticeId: string): void {
    const streams = [...this.streams].filter(({ actor }) => actor.personId === personId);
    if (streams.length === 0) return;
    this.rows('id = $1', [noticeId])
      .then(([row]) => {
        for (const stream of streams)
          if (row?.agency_id === stream.actor.agencyId) stream.notice(noticeView(stream.actor, row));
      })
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'a notice could not be read for its streams');
        for (const stream of streams) stream.reload();
      });
  }

  private async resume(stream: NoticeStream, lastId: string): Promise<void> {
    const { personId, agencyId } = stream.actor;
    const rows = isId(lastId)
      ? await this.rows(
          `person_id = $1 AND agency_id = $2 AND id <> $3 AND created_at >= $4::interval * -1 +
             (SELECT created_at FROM workflow.notice WHERE id = $3 AND person_id = $1 AND agency_id = $2)`,
          [personId, agencyId, lastId, `${overlapMs} milliseconds`],
        )
      : [];
    if (!isId(lastId) || rows.length >= resumed) stream.reload();
    else for (const row of rows) stream.notice(noticeView(stream.actor, row));
  }

  private rows(where: string, parameters: readonly unknown[]): Promise<StreamedRow[]> {
    const actor: SystemActor = { kind: 'system', service: 'notices', requestId: newId() };
    return this.unitOfWork.statement<StreamedRow>(
      actor,
      `SELECT ${noticeColumns}, agency_id FROM workflow.notice WHERE ${where} ORDER BY created_at, id LIMIT ${resumed}`,
      parameters,
    );
  }
}

const sameSession = ({ actor }: NoticeStream, { sessionId }: PersonActor): boolean =>
  actor.sessionId === sessionId;

interface StreamedRow extends NoticeRow {
  readonly agency_id: string;
}
