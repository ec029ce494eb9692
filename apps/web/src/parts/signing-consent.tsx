import {
  Alert,
  Bullseye,
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Progress,
  Spinner,
  TextInput,
} from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ProblemError } from '../api/client';
import type { SigningPurpose } from '../api/types';
import { moment } from '../formats/moments';
import { useSession } from '../shell/session';
import { ProblemAlert } from './problem-alert';
import { SigningList } from './signing-list';
import type { Signing } from './use-signing';
import { useSigning } from './use-signing';

interface Props {
  readonly purpose: SigningPurpose;
  /** One or a batch, at least one; they are signed in this order. */
  readonly documentIds: readonly string[];
  readonly onClose: () => void;
}

/**
 * Step-up before a signature: the list that the consent covers with title, pages and digest of every file, then the
 * PIN, then what became of each document. Whatever shows these documents reads them again by itself.
 */
export function SigningConsent({ purpose, documentIds, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [pin, setPin] = useState('');
  const signing = useSigning(purpose, documentIds);
  const keyFault = useKeyFault(purpose);
  const { phase, items, outcomes } = signing;
  const isBusy = phase === 'signing';
  const canSign = phase === 'asking' && items.length > 0 && keyFault === undefined;
  const isOver = signing.refusal instanceof ProblemError && endsTheList.has(signing.refusal.problem.code);

  return (
    <Modal
      isOpen
      variant="medium"
      aria-labelledby={`${id}-title`}
      // What is being signed cannot be taken back by closing: it is stopped first.
      onClose={isBusy ? () => undefined : onClose}
      onEscapePress={isBusy ? () => undefined : onClose}
    >
      <ModalHeader
        title={t(`signing.title.${purpose}`)}
        labelId={`${id}-title`}
        description={
          phase === 'asking' && items.length > 0 ? t('signing.covers', { count: items.length }) : undefined
        }
      />
      <ModalBody tabIndex={0} aria-label={t('signing.list')}>
        {phase === 'preparing' ? (
          <Bullseye>
            <Spinner aria-label={t('signing.preparing')} />
          </Bullseye>
        ) : (
          <div className="sealpost-stack">
            {keyFault && phase === 'asking' && (
              <Alert isInline variant="danger" component="p" title={t(keyFault)} />
            )}
            {items.length === 0 && <p>{t('signing.nothing')}</p>}
            <SigningList items={items} outcomes={outcomes} isStarted={phase !== 'asking'} />
            <LeftOut signing={signing} />
            {phase !== 'asking' && (
              <Progress
                value={outcomes.size}
                max={items.length}
                measureLocation="none"
                title={
                  phase === 'ended'
                    ? t('signing.summary', { signed: signedOf(signing), all: items.length })
                    : t('signing.progress', { done: outcomes.size, all: items.length })
                }
              />
            )}
            {signing.refusal !== null && <Refusal error={signing.refusal} />}
            {canSign && !isOver && (
              <Form
                id={`${id}-form`}
                onSubmit={(event) => {
                  event.preventDefault();
                  if (pin !== '') signing.confirm(pin);
                  setPin('');
                }}
              >
                <FormGroup label={t(`signing.pin.${purpose}`)} fieldId={`${id}-pin`} isRequired>
                  <TextInput
                    id={`${id}-pin`}
                    type="password"
                    autoComplete="off"
                    maxLength={64}
                    value={pin}
                    isRequired
                    autoFocus
                    onChange={(_event, value) => {
                      setPin(value);
                    }}
                  />
                  <FormHelperText>
                    <HelperText>
                      <HelperTextItem>
                        {t('signing.pinHint')}{' '}
                        {signing.expiresAt && t('signing.until', { moment: moment(signing.expiresAt) })}
                      </HelperTextItem>
                    </HelperText>
                  </FormHelperText>
                </FormGroup>
              </Form>
            )}
          </div>
        )}
      </ModalBody>
      <ModalFooter>
        {canSign && !isOver && (
          <Button type="submit" form={`${id}-form`} isDisabled={pin === ''}>
            {t('signing.sign', { count: items.length })}
          </Button>
        )}
        {isOver && <Button onClick={signing.prepareAgain}>{t('signing.again')}</Button>}
        {isBusy ? (
          <Button
            variant="secondary"
            isDisabled={signing.isStopping}
            isLoading={signing.isStopping}
            onClick={signing.stop}
          >
            {signing.isStopping ? t('signing.stopping') : t('signing.stop')}
          </Button>
        ) : (
          <Button variant={phase === 'ended' ? 'primary' : 'link'} onClick={onClose}>
            {phase === 'ended' ? t('common.close') : t('common.cancel')}
          </Button>
        )}
      </ModalFooter>
    </Modal>
  );
}

/** After these a new list has to be made; after a wrong PIN the same list may be confirmed again. */
const endsTheList: ReadonlySet<string> = new Set([
  'OPERATION_EXPIRED',
  'OPERATION_USED',
  'OPERATION_NOT_FOUND',
]);

const signedOf = ({ outcomes }: Signing): number =>
  [...outcomes.values()].filter(({ outcome }) => outcome === 'signed').length;

function useKeyFault(
  purpose: SigningPurpose,
): 'signing.keyMissing' | 'signing.keyLocked' | 'signing.keyExpired' | undefined {
  const key = useSession().keys[purpose];
  if (key === null) return 'signing.keyMissing';
  if (key.state === 'locked') return 'signing.keyLocked';
  return key.state === 'expired' ? 'signing.keyExpired' : undefined;
}

function LeftOut({ signing: { leftOut } }: { readonly signing: Signing }) {
  const { t } = useTranslation();
  if (leftOut.size === 0) return null;
  return (
    <section aria-label={t('signing.leftOut')} className="sealpost-stack">
      <strong>{t('signing.leftOut')}</strong>
      {[...leftOut].map(([documentId, error]) => (
        <ProblemAlert key={documentId} error={error} />
      ))}
    </section>
  );
}

function Refusal({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const left = error instanceof ProblemError ? error.problem.attemptsLeft : undefined;
  return (
    <>
      <ProblemAlert error={error} />
      {left !== undefined && <p>{t('signing.attempts', { count: left })}</p>}
    </>
  );
}
