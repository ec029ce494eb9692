import { Controller, Get, Module } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HealthCheckResult } from '@nestjs/terminus';
import { HealthCheck, HealthCheckService, HealthIndicatorService, TerminusModule } from '@nestjs/terminus';
import { DataSource } from 'typeorm';
import { PublicRoute } from '../http/policy';
import { PlatformModule } from '../platform-module';
import { JobQueue } from '../queue/job-queue';

const patience = 3_000;

/** Whether the process lives, and whether it can do its work. */
@ApiTags('health')
@Controller('health')
class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
  ) {}

  @Get('live')
  @PublicRoute('says only that the process runs; needed by supervisors')
  @ApiOperation({ summary: 'The process runs' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @PublicRoute('says only that database and queue answer; needed by load balancers')
  @HealthCheck({ swaggerDocumentation: false })
  @ApiOperation({ summary: 'Database and queue answer' })
  ready(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.answers('database', () => this.dataSource.query('SELECT 1')),
      () => this.answers('queue', () => this.queue.ping()),
    ]);
  }

  private async answers(
    name: string,
    question: () => Promise<unknown>,
  ): Promise<Record<string, { status: 'up' | 'down' }>> {
    const indicator = this.indicators.check(name);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`${name} does not answer`));
      }, patience);
    });
    // Why it is down stands in the log, not in a public answer.
    return Promise.race([question(), late])
      .then(
        () => indicator.up(),
        () => indicator.down(),
      )
      .finally(() => {
        clearTimeout(timer);
      });
  }
}

@Module({
  imports: [PlatformModule, TerminusModule.forRoot({ logger: false, errorLogStyle: 'json' })],
  controllers: [HealthController],
})
export class HealthModule {}
