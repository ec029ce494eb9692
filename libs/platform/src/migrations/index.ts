import type { MigrationClass } from '../database/migrate';
import { Platform1763700000000 } from './1763700000000-platform';

export const platformMigrations: readonly MigrationClass[] = [Platform1763700000000];
