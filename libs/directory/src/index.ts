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
} from './demo';
export type { DemoAgency, DemoDirectory, DemoLayout, DemoPerson, KeyAlgorithm } from './demo';
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
export { agencyLevels, blocs, certificateUses, postRanks } from './model';
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
