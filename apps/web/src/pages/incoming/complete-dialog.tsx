import { Button, FormGroup } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { FoundDocument, IncomingDocument } from '../../api/types';
import { day } from '../../formats/moments';
import { useAct } from '../../parts/act';
import { Finder } from '../../parts/finder';
import { FormDialog } from '../../parts/form-dialog';
import { SaidField } from './said-field';

interface Props {
  readonly name: string;
  readonly document: IncomingDocument;
  readonly onClose: () => void;
}

interface Reply {
  readonly id: string;
  readonly name: string;
}

/** Ends the handling: what came of it, and the document that answers, where there is one. */
export function CompleteDialog({ name, document, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [known] = document.answeredBy;
  const [result, setResult] = useState('');
  const [reply, setReply] = useState<Reply | undefined>(
    known && { id: known.documentId, name: known.symbol ?? t('incoming.fact.answerDraft') },
  );
  const isTopSecret = document.secrecy === 'TUYET_MAT';
  const doing = useAct(
    () =>
      send(
        'POST',
        `/incoming/${document.id}/complete`,
        { ...(!isTopSecret && { result: result.trim() }), ...(reply && { replyDocumentId: reply.id }) },
        { version: document.handling?.version },
      ),
    { done: t('incoming.done.complete'), then: onClose },
  );
  return (
    <FormDialog
      title={t('incoming.ask.completeTitle')}
      action={name}
      variant="medium"
      isReady={isTopSecret || result.trim() !== ''}
      isPending={doing.isPending}
      onClose={onClose}
      onSend={() => {
        doing.act(undefined);
      }}
    >
      <SaidField
        secrecy={document.secrecy}
        label={t('incoming.ask.result')}
        value={result}
        isRequired
        onChange={setResult}
      />
      {reply ? (
        <FormGroup label={t('incoming.ask.reply')} role="group" fieldId={`${id}-reply`}>
          {reply.name}{' '}
          <Button
            variant="link"
            isInline
            aria-label={t('incoming.instruct.remove', { name: reply.name })}
            onClick={() => {
              setReply(undefined);
            }}
          >
            {t('common.remove')}
          </Button>
        </FormGroup>
      ) : (
        <Finder<FoundDocument>
          label={t('incoming.ask.reply')}
          hint={t('incoming.ask.replyHint')}
          pathOf={(typed) => `/search?kind=outgoing&q=${encodeURIComponent(typed)}`}
          nameOf={({ symbol, typeName, abstract }) => `${symbol ?? typeName ?? ''}: ${abstract ?? ''}`}
          detailOf={({ date }) => day(date)}
          chosen={new Set()}
          onPick={(found) => {
            setReply({ id: found.id, name: found.symbol ?? found.typeName ?? '' });
          }}
        />
      )}
    </FormDialog>
  );
}
