import { Module } from '@nestjs/common';
import { HealthModule, PlatformModule } from '#platform';
import { NodeModule } from '../../composition/src/node.module';

/** A node with its HTTP door. */
@Module({ imports: [NodeModule, PlatformModule, HealthModule] })
export class ApiModule {}
