import type { Provider, Type } from '@nestjs/common';

import { FindNotices } from './find-notices';
import { CreateNotices1763830000000 } from './migrations/1763830000000-create-notices';
import { NoticeChannel } from './notice-channel';
import { NoticeStreams } from './notice-streams';
import { NoticesController } from './notices.controller';
import { ReadNotices } from './read-notices';

export const noticeProviders: readonly Provider[] = [FindNotices, ReadNotices, NoticeChannel, NoticeStreams];

export const noticeControllers: readonly Type[] = [NoticesController];

export const noticeMigrations = [CreateNotices1763830000000];
