import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { PlatformModule } from '#platform';
import { Certificates } from './certificates';
import { Directory } from './directory';
import { DirectoryController } from './directory.controller';
import { FindAgencies } from './find-agencies';
import { FindPeople } from './find-people';
import { ReadDirectory } from './read-directory';
import { DirectoryReading } from './reading';

/** Agencies, bodies, posts, people and their certificates: read by all, changed by seeding alone so far. */
@Module({
  imports: [PlatformModule, AuditModule],
  controllers: [DirectoryController],
  providers: [DirectoryReading, Directory, Certificates, FindAgencies, FindPeople, ReadDirectory],
  exports: [Directory, Certificates, FindAgencies],
})
export class DirectoryModule {}
