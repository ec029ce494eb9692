import { ifMatchVersion } from '#platform';

import { WorkflowError } from '../errors';

/** Controller parameter: the version of the document that the person last saw. */
export const IfMatchVersion = ifMatchVersion(() => new WorkflowError('VERSION_CONFLICT'));
