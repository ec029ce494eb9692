import { Button, FormSelect, FormSelectOption, Progress } from '@patternfly/react-core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentDetail } from '../../api/types';
import { shownName } from '../../formats/file-names';
import { share, size } from '../../formats/numbers';
import { ProblemAlert } from '../../parts/problem-alert';
import { useDrop } from '../../parts/use-drop';
import { KeptFiles } from './kept-files';
import type { FileRole, QueuedFile } from './queue';
import type { Draft } from './use-draft';

const roles: readonly FileRole[] = ['main', 'annex', 'attachment', 'source'];
const accepted = '.pdf,.docx,.doc,.odt';

interface Props {
  readonly draft: Draft;
  readonly document: DocumentDetail | undefined;
}

/** Files kept already and files on their way: dropped anywhere on the page, or chosen. */
export function FilesSection({ draft, document }: Props) {
  const { t } = useTranslation();
  const { queue } = draft;
  const input = useRef<HTMLInputElement>(null);
  const isOver = useDrop(draft.addFiles);
  const kept = document?.files ?? [];
  return (
    <>
      {isOver && (
        <div className="sealpost-drop" aria-hidden="true">
          {t('draft.drop.here')}
        </div>
      )}
      {document && <KeptFiles document={document} />}
      {queue.files.length > 0 && (
        <ul className="sealpost-rows" aria-label={t('draft.section.files')}>
          {queue.files.map((queued) => (
            <Queued key={queued.id} queued={queued} draft={draft} />
          ))}
        </ul>
      )}
      <p role="status" className="sealpost-quiet">
        {draft.reading === 'running' && t('draft.reading')}
        {draft.reading === 'filled' && t('draft.readPart')}
        {draft.reading === 'nothing-new' && t('draft.readNothing')}
      </p>
      {kept.length + queue.files.length === 0 && <p>{t('draft.drop.none')}</p>}
      <div>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={accepted}
          onChange={({ target }) => {
            draft.addFiles([...(target.files ?? [])]);
            target.value = '';
          }}
        />
        <Button
          variant="secondary"
          onClick={() => {
            input.current?.click();
          }}
        >
          {t('draft.drop.choose')}
        </Button>{' '}
        <span className="sealpost-quiet">{t('draft.drop.hint')}</span>
      </div>
    </>
  );
}

function Queued({
  queued,
  draft: { queue, isSaving },
}: {
  readonly queued: QueuedFile;
  readonly draft: Draft;
}) {
  const { t } = useTranslation();
  const { id, file, role, state } = queued;
  const name = shownName(file.name);
  return (
    <li>
      <div className="sealpost-rows__line">
        <span className="sealpost-rows__name">
          {name} <span className="sealpost-quiet">{size(file.size)}</span>
        </span>
        <FormSelect
          className="sealpost-rows__choice"
          aria-label={t('draft.drop.roleOf', { name })}
          value={role}
          isDisabled={isSaving}
          onChange={(_event, value) => {
            queue.setRole(id, roles.find((each) => each === value) ?? role);
          }}
        >
          {roles.map((each) => (
            <FormSelectOption key={each} value={each} label={t(`document.role.${each}`)} />
          ))}
        </FormSelect>
        {state === 'uploading' ? (
          <Button
            variant="link"
            aria-label={t('draft.drop.cancel', { name })}
            onClick={() => {
              queue.stop(id);
            }}
          >
            {t('common.cancel')}
          </Button>
        ) : (
          <Button
            variant="link"
            aria-label={t('draft.drop.remove', { name })}
            onClick={() => {
              queue.remove(id);
            }}
          >
            {t('common.remove')}
          </Button>
        )}
      </div>
      {state === 'uploading' ? (
        <Progress
          size="sm"
          value={queued.share * 100}
          measureLocation="none"
          title={t('draft.drop.uploading', { share: share(queued.share) })}
        />
      ) : state === 'failed' ? (
        <ProblemAlert error={queued.error} />
      ) : (
        <span className="sealpost-quiet" role="status">
          {t(state === 'cancelled' ? 'draft.drop.cancelled' : 'draft.drop.waiting')}
        </span>
      )}
    </li>
  );
}
