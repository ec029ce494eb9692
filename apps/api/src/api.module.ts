import { Module } from '@nestjs/common';
import { HealthModule, PlatformModule } from '#platform';
import { NodeModule } from '../../composition/src/node.module';
import { HomeController } from './home/home.controller';

/** A node with its HTTP door. */
@Module({ imports: [NodeModule, PlatformModule, HealthModule], controllers: [HomeController] })
export class ApiModule {}
