import { Checkbox, Modal, ModalBody, ModalHeader } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Fragment, useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { Route } from '../routes';
import { pageKeys } from './keys';
import { usePreferences } from './preferences';

interface Props {
  /** Pages that this person has. */
  readonly menu: readonly { readonly name: NonNullable<Route['menu']> }[];
  readonly onClose: () => void;
}

/** Every key of one character, and the choice to be without them. */
export default function KeysDialog({ menu, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [{ keys }, change] = usePreferences();
  const pages = Object.entries(pageKeys).filter(([, page]) => menu.some(({ name }) => name === page));
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby={id}>
      <ModalHeader title={t('help.keys.title')} labelId={id} />
      <ModalBody tabIndex={0} aria-labelledby={id}>
        <div className="sealpost-stack">
          <Checkbox
            id={`${id}-on`}
            label={t('help.keys.on')}
            description={t('help.keys.onHint')}
            isChecked={keys}
            onChange={(_event, isOn) => {
              change({ keys: isOn });
            }}
          />
          <dl className="sealpost-keys">
            <Line name={t('help.keys.help')}>
              <kbd>?</kbd>
            </Line>
            <Line name={t('help.keys.search')}>
              <kbd>/</kbd>
            </Line>
            <Line name={t('help.keys.next')}>
              <kbd>j</kbd>
            </Line>
            <Line name={t('help.keys.previous')}>
              <kbd>k</kbd>
            </Line>
            <Line name={t('help.keys.close')}>
              <kbd>{t('help.keys.escape')}</kbd>
            </Line>
            {pages.map(([letter, page]) => (
              <Line key={page} name={t('help.keys.goTo', { page: t(`shell.nav.${page}`) })}>
                <kbd>g</kbd> <kbd>{letter}</kbd>
              </Line>
            ))}
          </dl>
        </div>
      </ModalBody>
    </Modal>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Fragment>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </Fragment>
  );
}
