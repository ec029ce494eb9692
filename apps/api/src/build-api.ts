import { createHttpApp, setupOpenApi } from '#platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { catalogues } from '../../composition/src/problems';
import { ApiModule } from './api.module';

/** The whole application with every door it has, still to be served. Its settings come from the environment. */
export async function buildApi(): Promise<NestExpressApplication> {
  const app = await createHttpApp(ApiModule, { catalogues });
  setupOpenApi(app);
  return app;
}
