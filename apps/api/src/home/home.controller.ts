import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Config, JobQueue, PublicRoute } from '#platform';
import { DataSource } from 'typeorm';
import { homePage } from './home-page';

/** The plain page at `/`: whether the node works, and where its API is. */
@ApiTags('node')
@Controller()
export class HomeController {
  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
  ) {}

  @Get()
  @PublicRoute('says only which node this is and whether it works')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @ApiOperation({ summary: 'The state of the node as a page' })
  @ApiProduces('text/html')
  async home(): Promise<string> {
    const { nodeId, demo } = this.config;
    const [database, queue] = await Promise.all([
      answers(this.dataSource.query('SELECT 1')),
      answers(this.queue.ping()),
    ]);
    return homePage({ nodeId, demo, database, queue });
  }
}

/** Why something is down stands in the log, not on a public page. */
function answers(question: Promise<unknown>): Promise<'up' | 'down'> {
  return question.then(
    () => 'up',
    () => 'down',
  );
}
