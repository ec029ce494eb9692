import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createHttpApp, setupOpenApi } from '#platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { catalogues } from '../../composition/src/problems';
import { ApiModule } from './api.module';
import { servePage } from './page/serve-page';

/** The whole application with every door it has, still to be served. Its settings come from the environment. */
export async function buildApi(): Promise<NestExpressApplication> {
  const app = await createHttpApp(ApiModule, { catalogues });
  setupOpenApi(app);
  await servePage(app, join(rootFolder(__dirname), 'dist', 'web'));
  return app;
}

/** The folder of package.json, the same for the sources and for what is built from them. */
function rootFolder(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootFolder(dirname(folder));
}
