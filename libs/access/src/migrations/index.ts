import type { MigrationClass } from '#platform';
import { CreateAccess1763730000000 } from './1763730000000-create-access';

export const accessMigrations: readonly MigrationClass[] = [CreateAccess1763730000000];
