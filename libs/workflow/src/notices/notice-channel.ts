import { setTimeout as pause } from 'node:timers/promises';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { Client } from 'pg';
import type { Logger } from 'pino';

import { Config, isId, LOGGER } from '#platform';

import { noticeChannel } from './notify';

export interface NoticeListener {
  notice(personId: string, noticeId: string): void;
  /** The connection was away: notices may have been missed. */
  gap(): void;
}

const shortestPauseMs = 250;
const longestPauseMs = 30_000;

/** One connection of this process that hears PostgreSQL tell of new notices; it comes back by itself when it is lost. */
@Injectable()
export class NoticeChannel implements OnApplicationShutdown {
  private listener: NoticeListener | undefined;
  private client: Client | undefined;
  private listening: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Begins to listen with the first call; the others wait for it only. */
  listen(listener: NoticeListener): Promise<void> {
    this.listener ??= listener;
    this.listening ??= this.connect().catch((error: unknown) => {
      this.listening = undefined;
      throw error;
    });
    return this.listening;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.config.databaseUrl,
      application_name: 'sealpost-notices',
      keepAlive: true,
    });
    client.on('notification', ({ payload = '' }) => {
      const [personId, noticeId] = payload.split(' ');
      if (isId(personId) && isId(noticeId)) this.listener?.notice(personId, noticeId);
    });
    client.on('error', (error) => {
      this.logger.warn({ err: error }, 'connection for notices lost');
      void this.reconnect(client);
    });
    client.once('end', () => void this.reconnect(client));
    await client.connect();
    await client.query(`LISTEN ${noticeChannel}`);
    this.client = client;
  }

  /** An error is followed by an end: only the first of the two counts. */
  private async reconnect(lost: Client): Promise<void> {
    if (this.client !== lost) return;
    this.client = undefined;
    let wait = shortestPauseMs;
    while (this.isRunning()) {
      await pause(wait, undefined, { ref: false });
      wait = Math.min(wait * 2, longestPauseMs);
      try {
        await this.connect();
        this.listener?.gap();
        return;
      } catch (error) {
        this.logger.warn({ err: error }, 'still no connection for notices');
      }
    }
  }

  private isRunning(): boolean {
    return !this.stopped;
  }
}
