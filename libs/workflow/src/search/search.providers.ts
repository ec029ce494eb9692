import type { Provider, Type } from '@nestjs/common';

import { FindDocuments } from './find-documents';
import { IndexDocument } from './index-document';
import { SearchController } from './search.controller';

/** For the module of this lib. */
export const searchProviders: readonly Provider[] = [IndexDocument, FindDocuments];

export const searchControllers: readonly Type[] = [SearchController];
