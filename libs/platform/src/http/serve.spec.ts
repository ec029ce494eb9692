import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { setTimeout as pause } from 'node:timers/promises';
import { serve } from './serve';

@Controller()
class SlowController {
  @Get('slow')
  async slow(): Promise<string> {
    await pause(400);
    return 'done';
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

const application = (): Promise<NestExpressApplication> =>
  NestFactory.create<NestExpressApplication>(SlowModule, { logger: false });

describe('serving', () => {
  it('listens on both loopbacks at one free port and finishes running requests before it stops', async () => {
    const running = await serve(await application(), { port: 0, hosts: ['127.0.0.1', '::1'] });
    expect(running.origins).toContain(`http://127.0.0.1:${running.port}`);
    const answers = Promise.all(
      running.origins.map(async (origin) => (await fetch(`${origin}/slow`)).text()),
    );
    await pause(150);
    await running.close(5);
    expect(await answers).toEqual(running.origins.map(() => 'done'));
    await expect(fetch(`http://127.0.0.1:${running.port}/slow`)).rejects.toThrow();
  });

  it('refuses when none of its addresses is on this machine', async () => {
    const app = await application();
    await expect(serve(app, { port: 0, hosts: ['192.0.2.1'] })).rejects.toThrow('192.0.2.1');
    await app.close();
  });

  it('refuses a port that is taken', async () => {
    const first = await serve(await application(), { port: 0, hosts: ['127.0.0.1'] });
    await expect(serve(await application(), { port: first.port, hosts: ['127.0.0.1'] })).rejects.toThrow(
      'EADDRINUSE',
    );
    await first.close(1);
  });
});
