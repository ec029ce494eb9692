import type { Provider, Type } from '@nestjs/common';

import { FindDocuments } from './find-documents';
import { FindInspectedDocuments } from './find-inspected-documents';
import { IndexDocument } from './index-document';
import { InspectedDocumentsController, SearchController } from './search.controller';

/** For the module of this lib. */
export const searchProviders: readonly Provider[] = [IndexDocument, FindDocuments, FindInspectedDocuments];

export const searchControllers: readonly Type[] = [SearchController, InspectedDocumentsController];
