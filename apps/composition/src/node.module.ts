import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { AuditModule } from '#audit';
import { DirectoryModule } from '#directory';
import { PlatformModule } from '#platform';
import { WorkflowModule } from '#workflow';

/** Everything a node is made of, without its doors: `apps/api` adds HTTP, `apps/worker` the jobs. */
@Module({ imports: [PlatformModule, AuditModule, DirectoryModule, AccessModule, WorkflowModule] })
export class NodeModule {}
