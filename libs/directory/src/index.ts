import type { MigrationClass } from '#platform';
import { CreateDirectory1763720000000 } from './migrations/1763720000000-create-directory';
import { SearchPeople1763810000000 } from './migrations/1763810000000-search-people';
import { AdministerDirectory1763812000000 } from './migrations/1763812000000-administer-directory';
import { SortAsVietnamese1763920000000 } from './migrations/1763920000000-sort-as-vietnamese';

export type { AdministeredAgency } from './administer/administer-agencies';
export type { AdministeredBody } from './administer/administer-bodies';
export type { AdministeredPerson } from './administer/administer-people';
export type { StaffedPost } from './administer/administer-posts';
export type { AdministeredCertificate, ForecastMonth } from './administer/administered-certificates';
export { AdministeredCertificates } from './administer/administered-certificates';
export { Administered } from './administer/administered';
export type { IssuableType, IssuableTypes } from './administer/issuable-types';
export { ISSUABLE_TYPES } from './administer/issuable-types';
export { Certificates, enterCertificate } from './certificates';
export type { CertificateToEnter } from './certificates';
export {
  demoAgency,
  demoBody,
  demoDirectory,
  demoLogins,
  demoNodeIds,
  demoNodeOf,
  demoPassword,
  demoPerson,
  demoPin,
  readPkiIndex,
  seedDemoDirectory,
} from './demo';
export type { DemoAgency, DemoDirectory, DemoLayout, DemoPerson, KeyAlgorithm, LoadedPki } from './demo';
export { pkiCases } from './demo/pki-index';
export type {
  PkiAuthority,
  PkiAuthorityId,
  PkiCase,
  PkiCertificate,
  PkiHolder,
  PkiIndex,
  PkiNode,
  PkiRevocation,
  PkiServices,
  PkiTrustFiles,
} from './demo/pki-index';
export { Directory } from './directory';
export { DirectoryModule } from './directory.module';
export { enterAgency, enterAppointment, enterBody, enterPerson, enterPost, enterTerm } from './enter-rows';
export { DirectoryError, directoryProblems } from './errors';
export type { DirectoryErrorCode } from './errors';
export type { Colleague } from './find-people';
export type { PersonView } from './read-directory';
export { heldPosts } from './held-posts';
export type { HeldPost } from './held-posts';
export { FindAgencies } from './find-agencies';
export type { AgencyQuery } from './find-agencies';
export { agencyLevels, blocs, certificateUses, isInForce, postRanks } from './model';
export type {
  Agency,
  AgencyLevel,
  Appointment,
  Bloc,
  Body,
  CertificateOwner,
  CertificateUse,
  DateOnly,
  HeldCertificate,
  Person,
  Post,
  PostRank,
  Term,
  Validity,
} from './model';
export { prefixQuery, searchText } from './search-text';

export const directoryMigrations: readonly MigrationClass[] = [
  CreateDirectory1763720000000,
  SearchPeople1763810000000,
  AdministerDirectory1763812000000,
  SortAsVietnamese1763920000000,
];
