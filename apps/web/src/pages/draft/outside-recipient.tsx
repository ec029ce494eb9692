import { Button, ExpandableSection, FormGroup, TextInput } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PaperRecipient } from '../../api/types';

/** Somebody whom the directory does not know; gets paper. */
export function OutsideRecipient({ onAdd }: { readonly onAdd: (recipient: PaperRecipient) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  return (
    <ExpandableSection
      toggleText={t('draft.recipients.outside')}
      isExpanded={isOpen}
      onToggle={(_event, next) => {
        setOpen(next);
      }}
    >
      <div className="sealpost-stack">
        <FormGroup label={t('draft.recipients.outsideName')} fieldId={`${id}-name`}>
          <TextInput
            id={`${id}-name`}
            value={name}
            maxLength={300}
            onChange={(_event, value) => {
              setName(value);
            }}
          />
        </FormGroup>
        <FormGroup label={t('draft.recipients.outsideAddress')} fieldId={`${id}-address`}>
          <TextInput
            id={`${id}-address`}
            value={address}
            maxLength={500}
            onChange={(_event, value) => {
              setAddress(value);
            }}
          />
        </FormGroup>
        <div>
          <Button
            variant="secondary"
            isDisabled={name.trim() === ''}
            onClick={() => {
              const where = address.trim();
              onAdd({ name: name.trim(), ...(where && { address: where }), channel: 'post', copies: 1 });
              setName('');
              setAddress('');
            }}
          >
            {t('common.add')}
          </Button>
        </div>
      </div>
    </ExpandableSection>
  );
}
