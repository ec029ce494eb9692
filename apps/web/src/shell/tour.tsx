import { ActionList, ActionListItem, Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

/** In this order; a step about a page is for whoever has it in the menu. */
const steps = ['screen', 'work', 'draft', 'incoming', 'registers', 'keys'] as const;
type Step = (typeof steps)[number];

interface Props {
  readonly menu: readonly { readonly name: string; readonly path: string }[];
  readonly onEnd: () => void;
}

/** What is where, in a few steps above the page, which can be used meanwhile; ended once, it does not come back. */
export function Tour({ menu, onEnd }: Props) {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const pageOf = (step: Step): string | undefined => menu.find(({ name }) => name === step)?.path;
  const mine = steps.filter((step) => step === 'screen' || step === 'keys' || pageOf(step) !== undefined);
  const step = mine[at] ?? 'screen';
  const page = pageOf(step);
  const isLast = at === mine.length - 1;
  return (
    <section className="sealpost-tour" aria-label={t('help.tour.label')}>
      <div role="status">
        <p className="sealpost-tour__title">
          {t(`help.tour.step.${step}.title`)}{' '}
          <span className="sealpost-quiet">{t('help.tour.at', { step: at + 1, steps: mine.length })}</span>
        </p>
        <p>
          {t(`help.tour.step.${step}.text`)} {page && <Link href={page}>{t('help.tour.open')}</Link>}
        </p>
      </div>
      <ActionList>
        {at > 0 && (
          <ActionListItem>
            <Button
              variant="secondary"
              size="sm"
              onClick={() => {
                setAt(at - 1);
              }}
            >
              {t('help.tour.back')}
            </Button>
          </ActionListItem>
        )}
        {!isLast && (
          <ActionListItem>
            <Button
              size="sm"
              onClick={() => {
                setAt(at + 1);
              }}
            >
              {t('help.tour.on')}
            </Button>
          </ActionListItem>
        )}
        <ActionListItem>
          <Button variant={isLast ? 'primary' : 'link'} size="sm" onClick={onEnd}>
            {t('help.tour.end')}
          </Button>
        </ActionListItem>
      </ActionList>
    </section>
  );
}
