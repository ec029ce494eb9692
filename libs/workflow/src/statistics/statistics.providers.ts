import type { Provider, Type } from '@nestjs/common';

import { ReadExchangeStatistics } from './exchange-statistics';
import { ReadMonitor } from './read-monitor';
import { StatisticsController } from './statistics.controller';

/** For the module of this lib. */
export const statisticsProviders: readonly Provider[] = [ReadExchangeStatistics, ReadMonitor];

export const statisticsControllers: readonly Type[] = [StatisticsController];
