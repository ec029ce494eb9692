import { Button } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { DocumentDetail } from '../../api/types';
import { size } from '../../formats/numbers';
import { useAct } from '../../parts/act';

/** Files that the draft has already; annexes and attachments can change places. */
export function KeptFiles({ document }: { readonly document: DocumentDetail }) {
  const { t } = useTranslation();
  const path = `/documents/${document.id}/files`;
  const removing = useAct((fileId: string) => send('DELETE', `${path}/${fileId}`), {
    done: t('draft.drop.removed'),
  });
  const ordering = useAct((fileIds: readonly string[]) => send('PUT', `${path}/order`, { fileIds }));
  const inOrder = document.files.filter(({ role }) => role === 'annex' || role === 'attachment');
  const move = (from: number, to: number): void => {
    const ids = inOrder.map(({ id }) => id);
    ids.splice(to, 0, ...ids.splice(from, 1));
    ordering.act(ids);
  };
  const isBusy = removing.isPending || ordering.isPending;
  return (
    <ul className="sealpost-rows" aria-label={t('document.filesTitle')}>
      {document.files.map((file) => {
        const place = inOrder.indexOf(file);
        const name = file.title;
        return (
          <li key={file.id} className="sealpost-rows__line">
            <span className="sealpost-rows__name">
              {t(`document.role.${file.role}`)}: {name}{' '}
              <span className="sealpost-quiet">
                {file.role !== 'source' && `${t('common.pages', { count: file.pageCount })} · `}
                {size(file.size)}
              </span>
            </span>
            {place !== -1 && (
              <>
                <Button
                  variant="plain"
                  aria-label={t('draft.drop.up', { name })}
                  isDisabled={isBusy || place === 0}
                  onClick={() => {
                    move(place, place - 1);
                  }}
                >
                  ↑
                </Button>
                <Button
                  variant="plain"
                  aria-label={t('draft.drop.down', { name })}
                  isDisabled={isBusy || place === inOrder.length - 1}
                  onClick={() => {
                    move(place, place + 1);
                  }}
                >
                  ↓
                </Button>
              </>
            )}
            <Button
              variant="link"
              aria-label={t('draft.drop.remove', { name })}
              isDisabled={isBusy}
              onClick={() => {
                removing.act(file.id);
              }}
            >
              {t('common.remove')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
