import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { get } from '../../api/client';
import type { NoticePage, NoticeView } from '../../api/types';
import { ringForExpress } from './express-sound';

const key = ['notices'] as const;

/** Without the stream the list is asked for again this often. */
const pollMs = 30_000;

/**
 * What this person was told. News comes by server-sent events; while they are away, by asking. Whatever a notice is
 * about is read again at once, so that lists and desks follow without a reload.
 */
export function useNotices(): NoticePage | undefined {
  const queries = useQueryClient();
  const [isLive, setIsLive] = useState(false);
  const list = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<NoticePage>('/notices', signal),
    refetchInterval: isLive ? false : pollMs,
  });

  useEffect(() => {
    const stream = new EventSource('/api/v1/notices/stream');
    const readAgain = (): void => {
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'pdf',
      });
    };
    stream.addEventListener('open', () => {
      setIsLive(true);
    });
    stream.addEventListener('error', () => {
      setIsLive(false);
    });
    stream.addEventListener('notice', (event: MessageEvent<string>) => {
      const notice = JSON.parse(event.data) as NoticeView;
      if (notice.express) ringForExpress();
      readAgain();
    });
    stream.addEventListener('reload', readAgain);
    // Coming back by itself it would take the place of another window in its turn.
    stream.addEventListener('replaced', () => {
      stream.close();
      setIsLive(false);
    });
    return () => {
      stream.close();
    };
  }, [queries]);
  return list.data;
}
