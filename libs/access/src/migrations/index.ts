import type { MigrationClass } from '#platform';
import { CreateAccess1763730000000 } from './1763730000000-create-access';
import { AddPreferences1763811000000 } from './1763811000000-add-preferences';
import { CreateDelegations1763813000000 } from './1763813000000-create-delegations';
import { AddKeysAndViews1763895000000 } from './1763895000000-add-keys-and-views';

export const accessMigrations: readonly MigrationClass[] = [
  CreateAccess1763730000000,
  AddPreferences1763811000000,
  CreateDelegations1763813000000,
  AddKeysAndViews1763895000000,
];
