import type { MigrationClass } from '../database/migrate';
import { Platform1763700000000 } from './1763700000000-platform';
import { OfficeOfRequests1763841000000 } from './1763841000000-office-of-requests';

export const platformMigrations: readonly MigrationClass[] = [
  Platform1763700000000,
  OfficeOfRequests1763841000000,
];
