import {
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Radio,
  Spinner,
  TextInput,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';

import { get, send } from '../../api/client';
import type { CopiesOfDocument, DocumentSummary } from '../../api/types';
import { useAct } from '../../parts/act';
import { FormDialog } from '../../parts/form-dialog';
import { ProblemAlert } from '../../parts/problem-alert';
import { OutgoingState } from '../../parts/state-marks';
import type { RecipientFields } from '../draft/draft-fields';
import { goesOnPaper, recipientsBody } from '../draft/draft-fields';
import { RecipientsSection } from '../draft/recipients-section';

interface Props {
  /** Of what is copied: `/documents/…` or `/incoming/…`. */
  readonly path: string;
  readonly onClose: () => void;
}

const nobody: RecipientFields = { recipients: [], paperRecipients: [], paperReason: '' };

/** Sao y, sao lục or trích sao: the kinds that the bloc allows of this document, in words; then on to the copy. */
export function CopyDialog({ path, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [, go] = useLocation();
  const [chosen, setChosen] = useState<string>();
  const [pages, setPages] = useState('');
  const [fields, setFields] = useState(nobody);
  const found = useQuery({
    queryKey: ['copies', path],
    queryFn: ({ signal }) => get<CopiesOfDocument>(`${path}/copies`, signal),
  });
  const kinds = found.data?.kinds ?? [];
  const kind = kinds.find(({ code }) => code === (chosen ?? kinds[0]?.code));
  const isExtract = kind?.extent === 'pages';
  const making = useAct(
    () =>
      send<DocumentSummary>('POST', `${path}/copies`, {
        kind: kind?.code,
        ...(isExtract && { pages: pages.trim() }),
        ...recipientsBody(fields, undefined),
      }),
    {
      done: t('copies.done'),
      then: (copy) => {
        onClose();
        go(`/outgoing/${copy.id}`);
      },
    },
  );
  const goesSomewhere = fields.recipients.length + fields.paperRecipients.length > 0;
  const saysWhy = !goesOnPaper(fields) || fields.paperReason.trim().length >= 3;
  return (
    <FormDialog
      title={t('copies.title')}
      description={t('copies.description')}
      action={t('copies.make')}
      variant="medium"
      isReady={kind !== undefined && (!isExtract || pages.trim() !== '') && goesSomewhere && saysWhy}
      isPending={making.isPending}
      onSend={() => {
        making.act(undefined);
      }}
      onClose={onClose}
    >
      {found.isPending && <Spinner aria-label={t('common.loading')} />}
      {found.isError && <ProblemAlert error={found.error} />}
      {found.data && kinds.length === 0 && <p>{t('copies.none')}</p>}
      {kinds.length > 0 && (
        <Kinds
          kinds={kinds}
          chosen={kind?.code}
          onChoose={(code) => {
            setChosen(code);
          }}
        />
      )}
      {isExtract && (
        <FormGroup label={t('copies.pages')} fieldId={`${id}-pages`} isRequired>
          <TextInput
            id={`${id}-pages`}
            value={pages}
            maxLength={200}
            isRequired
            aria-describedby={`${id}-pages-hint`}
            onChange={(_event, value) => {
              setPages(value);
            }}
          />
          <FormHelperText>
            <HelperText id={`${id}-pages-hint`}>
              <HelperTextItem>{t('copies.pagesHint', { count: found.data?.pageCount ?? 0 })}</HelperTextItem>
            </HelperText>
          </FormHelperText>
        </FormGroup>
      )}
      {kind && (
        <FormGroup role="group" label={t('copies.recipients')} fieldId={`${id}-recipients`}>
          <RecipientsSection
            draft={{
              fields,
              missing: [],
              change: (patch) => {
                setFields({ ...fields, ...patch });
              },
            }}
          />
        </FormGroup>
      )}
      {found.data && found.data.items.length > 0 && <Made copies={found.data.items} />}
    </FormDialog>
  );
}

interface KindsProps {
  readonly kinds: CopiesOfDocument['kinds'];
  readonly chosen: string | undefined;
  readonly onChoose: (code: string) => void;
}

function Kinds({ kinds, chosen, onChoose }: KindsProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const language = i18n.language === 'en' ? 'en' : 'vi';
  return (
    <FormGroup role="radiogroup" label={t('copies.kind')} fieldId={id} isRequired>
      {kinds.map((kind) => (
        <Radio
          key={kind.code}
          id={`${id}-${kind.code}`}
          name={id}
          label={kind.name}
          description={kind[language]}
          isChecked={kind.code === chosen}
          onChange={() => {
            onChoose(kind.code);
          }}
        />
      ))}
    </FormGroup>
  );
}

/** So that nothing is copied twice unawares. */
function Made({ copies }: { readonly copies: readonly DocumentSummary[] }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="pf-v6-c-form__label-text">
        {t('copies.made')}
      </h2>
      <ul className="sealpost-lines">
        {copies.map((copy) => (
          <li key={copy.id}>
            <Link href={`/outgoing/${copy.id}`}>
              {copy.typeName} <span className="sealpost-number">{copy.symbol}</span>
            </Link>{' '}
            <OutgoingState state={copy.state} />
          </li>
        ))}
      </ul>
    </section>
  );
}
