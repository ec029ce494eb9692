import { Button, Checkbox } from '@patternfly/react-core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentSummary, Page, SigningPurpose, WaitingView } from '../../api/types';
import { moment } from '../../formats/moments';
import { DeskList } from '../../parts/desk-list';
import { SecrecyMark, UrgencyMark } from '../../parts/marks';
import { usePages } from '../../parts/use-pages';

const SigningConsent = lazy(async () => {
  const { SigningConsent: component } = await import('../../parts/signing-consent');
  return { default: component };
});

/** Views whose documents are signed, one or many under one PIN. */
const purposes: Readonly<Partial<Record<WaitingView, SigningPurpose>>> = {
  'to-sign': 'personal',
  'to-agency-sign': 'agency',
};

interface Props {
  readonly view: WaitingView;
  /** The document that lies open beside the list. */
  readonly chosen: string | undefined;
}

/** What waits in one view. What became of a batch stays on the screen also when nothing waits any more. */
export function WaitingList({ view, chosen }: Props) {
  const [signing, setSigning] = useState<readonly string[]>([]);
  const purpose = purposes[view];
  return (
    <>
      <Items view={view} chosen={chosen} onSign={setSigning} />
      {purpose && signing.length > 0 && (
        <Suspense>
          <SigningConsent
            purpose={purpose}
            documentIds={signing}
            onClose={() => {
              setSigning([]);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

function Items({ view, chosen, onSign }: Props & { readonly onSign: (ids: readonly string[]) => void }) {
  const { t } = useTranslation();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const purpose = purposes[view];
  const pages = usePages<Page<DocumentSummary>>(`/documents/waiting?view=${view}`);
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const toSign = items.filter(({ id }) => ticked.has(id)).map(({ id }) => id);
  const tick = (id: string, isTicked: boolean): void => {
    const after = new Set(ticked);
    if (isTicked) after.add(id);
    else after.delete(id);
    setTicked(after);
  };
  const batch = purpose && (
    <div className="sealpost-desk__batch">
      <Checkbox
        id="choose-all"
        label={t('work.chooseAll')}
        isChecked={toSign.length === items.length ? true : toSign.length === 0 ? false : null}
        onChange={(_event, all) => {
          setTicked(new Set(all ? items.map(({ id }) => id) : []));
        }}
      />
      <Button
        isDisabled={toSign.length === 0}
        onClick={() => {
          onSign(toSign);
        }}
      >
        {t('work.sign', { count: toSign.length })}
      </Button>
    </div>
  );
  return (
    <DeskList
      pages={pages}
      items={items}
      label={t('work.list')}
      empty={{ title: t('work.nothing'), text: t(`work.empty.${view}`) }}
      chosen={chosen}
      addressOf={({ id }) => `/work/${view}/${id}`}
      row={(item) => <Waiting item={item} />}
      above={batch}
      before={(item) =>
        purpose && (
          <Checkbox
            id={`choose-${item.id}`}
            aria-label={t('work.choose', { title: titleOf(item) })}
            isChecked={ticked.has(item.id)}
            onChange={(_event, isTicked) => {
              tick(item.id, isTicked);
            }}
          />
        )
      }
    />
  );
}

function Waiting({ item }: { readonly item: DocumentSummary }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="sealpost-desk__head">
        <span className="sealpost-number">{item.symbol ?? item.typeName}</span>
        <UrgencyMark urgency={item.urgency} />
        <SecrecyMark secrecy={item.secrecy} />
      </span>
      <span className="sealpost-abstract">{item.abstract ?? t('outgoing.noAbstract')}</span>
      <span className="sealpost-quiet">{t('work.waitingSince', { moment: moment(item.changedAt) })}</span>
    </>
  );
}

const titleOf = ({ typeName, abstract }: DocumentSummary): string =>
  abstract === null ? typeName : `${typeName}: ${abstract}`;
