import { Alert, Button, Form, FormSection, PageSection } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import { send } from '../../api/client';
import type { EnteredPaper } from '../../api/types';
import { day } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { useAct } from '../../parts/act';
import { PageTitle } from '../../parts/page-title';
import { useSecrecyOnScreen } from '../../shell/secrecy';
import { PaperReceipt } from './paper-receipt';
import { PaperSender } from './paper-sender';
import { PaperText } from './paper-text';
import type { PaperFields } from './paper-fields';
import { emptyPaper, missingIn, paperBody } from './paper-fields';
import { ScanField } from './scan';
import { useScan } from './use-scan';
import './incoming.css';

/** The clerk enters a paper: it gets its số đến at once, then its scan goes up. */
export default function PaperPage() {
  const { t } = useTranslation();
  const [fields, setFields] = useState(emptyPaper);
  const [isAsked, setAsked] = useState(false);
  const [entered, setEntered] = useState<EnteredPaper>();
  const scan = useScan();
  const change = (patch: Partial<PaperFields>): void => {
    setFields((before) => ({ ...before, ...patch }));
  };
  const missing = missingIn(fields);
  const isPlain = fields.secrecy === 'THUONG';
  useSecrecyOnScreen(fields.secrecy);
  const entering = useAct(() => send<EnteredPaper>('POST', '/incoming/paper', paperBody(fields)), {
    then: (paper) => {
      setEntered(paper);
      if (isPlain) void scan.send(paper.id, 'main');
    },
  });
  if (entered)
    return (
      <Entered
        paper={entered}
        scan={scan}
        onAnother={() => {
          scan.remove();
          setFields(emptyPaper());
          setAsked(false);
          setEntered(undefined);
        }}
      />
    );
  const shownFaults = isAsked ? missing : [];
  return (
    <>
      <PageTitle title={t('incoming.paper.title')} lead={t('incoming.paper.lead')} />
      <PageSection hasBodyWrapper={false}>
        <Form
          className="sealpost-paper"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(true);
            if (missing.length === 0 && !entering.isPending) entering.act(undefined);
          }}
        >
          <div>
            <FormSection title={t('incoming.paper.section.sender')} titleElement="h2">
              <PaperSender fields={fields} faults={shownFaults} onChange={change} />
            </FormSection>
            <FormSection title={t('incoming.paper.section.receipt')} titleElement="h2">
              <PaperReceipt fields={fields} faults={shownFaults} onChange={change} />
            </FormSection>
          </div>
          <div>
            <FormSection title={t('incoming.paper.section.text')} titleElement="h2">
              <PaperText fields={fields} faults={shownFaults} onChange={change} />
            </FormSection>
            <FormSection title={t('incoming.paper.section.scan')} titleElement="h2">
              {isPlain ? <ScanField scan={scan} /> : <p>{t('incoming.scan.none')}</p>}
            </FormSection>
          </div>
          <div className="sealpost-paper__end sealpost-stack">
            {shownFaults.length > 0 && (
              <Alert
                isInline
                isLiveRegion
                variant="warning"
                component="p"
                title={t('incoming.paper.missing')}
              >
                {t('incoming.paper.missingText', {
                  fields: missing.map((name) => t(`incoming.paper.${nameOf[name]}`)).join(', '),
                })}
              </Alert>
            )}
            <div>
              <Button type="submit" isLoading={entering.isPending} isDisabled={entering.isPending}>
                {t('incoming.paper.enter')}
              </Button>
            </div>
          </div>
        </Form>
      </PageSection>
    </>
  );
}

const nameOf = {
  sender: 'sender',
  typeCode: 'type',
  issuedOn: 'issuedOn',
  abstract: 'abstract',
  urgencyAt: 'urgencyAt',
  receivedAt: 'receivedAt',
} as const;

interface EnteredProps {
  readonly paper: EnteredPaper;
  readonly scan: ReturnType<typeof useScan>;
  readonly onAnother: () => void;
}

/** The number it got, to be written on the paper, and what becomes of its scan. */
function Entered({ paper, scan, onAnother }: EnteredProps) {
  const { t } = useTranslation();
  const hasFailed = scan.error !== undefined;
  return (
    <>
      <PageTitle title={t('incoming.paper.title')} />
      <PageSection hasBodyWrapper={false} className="sealpost-stack">
        <Alert
          isInline
          isLiveRegion
          variant="success"
          component="h2"
          title={t('incoming.paper.entered', {
            number: number(paper.arrivalNumber),
            date: day(paper.arrivalDate),
          })}
        >
          {t('incoming.paper.enteredText')}
        </Alert>
        {hasFailed && <p>{t('incoming.paper.scanFailed')}</p>}
        {(scan.file || scan.progress !== undefined) && <ScanField scan={scan} />}
        <div className="sealpost-actions">
          {scan.file && scan.progress === undefined && (
            <Button variant="secondary" onClick={() => void scan.send(paper.id, 'main')}>
              {t('incoming.paper.scanAgain')}
            </Button>
          )}
          <Link className="pf-v6-c-button pf-m-primary" href={`/incoming/${paper.id}`}>
            {t('incoming.paper.open')}
          </Link>
          <Button variant="secondary" onClick={onAnother}>
            {t('incoming.paper.another')}
          </Button>
        </div>
      </PageSection>
    </>
  );
}
