import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { PlatformModule } from '#platform';
import { AdministerAgencies } from './administer/administer-agencies';
import { AdministerAppointments } from './administer/administer-appointments';
import { AdministerBodies } from './administer/administer-bodies';
import { AdministerPeople } from './administer/administer-people';
import { AdministerPosts } from './administer/administer-posts';
import { AdministeredCertificates } from './administer/administered-certificates';
import { CertificatesController } from './administer/certificates.controller';
import { Administered } from './administer/administered';
import { AdministeredRows } from './administer/administered-rows';
import { AdministrationController } from './administer/administration.controller';
import { AdministeredPeopleController } from './administer/people.controller';
import { Certificates } from './certificates';
import { Directory } from './directory';
import { DirectoryController } from './directory.controller';
import { FindAgencies } from './find-agencies';
import { FindPeople } from './find-people';
import { ReadDirectory } from './read-directory';
import { DirectoryReading } from './reading';

/** Agencies, bodies, posts, people and their certificates: read by all, changed by administrators. */
@Module({
  imports: [PlatformModule, AuditModule],
  controllers: [
    DirectoryController,
    AdministrationController,
    AdministeredPeopleController,
    CertificatesController,
  ],
  providers: [
    DirectoryReading,
    Directory,
    Certificates,
    FindAgencies,
    FindPeople,
    ReadDirectory,
    Administered,
    AdministeredRows,
    AdministeredCertificates,
    AdministerAgencies,
    AdministerBodies,
    AdministerPosts,
    AdministerPeople,
    AdministerAppointments,
  ],
  exports: [Directory, Certificates, FindAgencies, Administered, AdministeredCertificates],
})
export class DirectoryModule {}
