import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { Acceptance, IncomingDocument } from '../../api/types';
import { day } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { useAct } from '../../parts/act';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { ReasonDialog } from '../../parts/reason-dialog';
import { useToast } from '../../parts/toasts';
import { useAsOpened } from '../../parts/use-as-opened';
import { CopyDialog } from '../copies/copy-dialog';
import type { IncomingAct } from './actions-of';
import { CompleteDialog } from './complete-dialog';
import { InstructDialog } from './instruct-dialog';
import { SubmitDialog } from './submit-dialog';

/** All but what one click does. */
export type DialogAct = Exclude<IncomingAct, 'start'>;

interface Props {
  readonly act: DialogAct;
  /** On the button, as on the one that opened the dialog. */
  readonly name: string;
  readonly document: IncomingDocument;
  readonly onClose: () => void;
}

/** The dialog of an act: nothing here happens by one click. */
export function AskedAct({ act, name, document: current, onClose }: Props) {
  const document = useAsOpened(current);
  const { t } = useTranslation();
  const tell = useToast();
  const path = `/incoming/${document.id}`;
  const version = document.handling?.version;
  const accepting = useAct(() => send<Acceptance>('POST', `${path}/accept`), {
    then: ({ arrivalNumber, arrivalDate }) => {
      tell(t('incoming.done.accept', { number: number(arrivalNumber), date: day(arrivalDate) }));
      onClose();
    },
  });
  const doing = useAct((given: object) => send('POST', `${path}/${act}`, given, { version }), {
    ...(act !== 'accept' && act !== 'copy' && { done: t(`incoming.done.${act}`) }),
    then: onClose,
  });
  switch (act) {
    case 'accept':
      return (
        <ConfirmDialog
          title={t('incoming.ask.accept')}
          action={name}
          isPending={accepting.isPending}
          onClose={onClose}
          onConfirm={() => {
            accepting.act(undefined);
          }}
        >
          {document.verification?.verdict === 'INDETERMINATE' && (
            <p>
              <strong>{t('incoming.ask.acceptOpen')}</strong>
            </p>
          )}
          <p>{t('incoming.ask.acceptText')}</p>
        </ConfirmDialog>
      );
    case 'refuse':
    case 'return':
    case 'relief':
      return document.secrecy === 'TUYET_MAT' && act !== 'refuse' ? (
        <ConfirmDialog
          title={t(`incoming.ask.${act}`)}
          action={name}
          isPending={doing.isPending}
          onClose={onClose}
          onConfirm={() => {
            doing.act({});
          }}
        >
          <p>{t(`incoming.ask.${act}Text`)}</p>
          <p>{t('incoming.ask.topSecret')}</p>
        </ConfirmDialog>
      ) : (
        <ReasonDialog
          title={t(`incoming.ask.${act}`)}
          action={name}
          {...(act === 'refuse' && { isDanger: true as const })}
          isPending={doing.isPending}
          onClose={onClose}
          onReason={(reason) => {
            doing.act({ reason });
          }}
        />
      );
    case 'copy':
      return <CopyDialog path={path} onClose={onClose} />;
    case 'complete':
      return <CompleteDialog name={name} document={document} onClose={onClose} />;
    case 'submit':
      return <SubmitDialog name={name} document={document} onClose={onClose} />;
    case 'instruct':
      return <InstructDialog name={name} document={document} onClose={onClose} />;
  }
}
