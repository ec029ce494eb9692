import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { IncomingDocument } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { PersonName } from '../../parts/person-name';

/** What the register says of an incoming document, and where it stands in the agency. */
export function Facts({ document }: { readonly document: IncomingDocument }) {
  const { t } = useTranslation();
  const { handling, process, paper } = document;
  const isAssigned = handling !== null && ['ASSIGNED', 'IN_PROGRESS'].includes(handling.state);
  return (
    <DescriptionList
      isCompact
      isHorizontal
      horizontalTermWidthModifier={{ default: '9rem' }}
      className="sealpost-facts"
    >
      <Fact name={t('incoming.fact.sender')}>{document.sender.name}</Fact>
      {document.meantFor && <Fact name={t('incoming.fact.meantFor')}>{document.meantFor.name}</Fact>}
      <Fact name={t('incoming.fact.symbol')}>
        <span className="sealpost-number">{document.symbol ?? t('incoming.noSymbol')}</span>
      </Fact>
      {document.issuedOn && (
        <Fact name={t('incoming.fact.issuedOn')}>
          <span className="sealpost-number">{day(document.issuedOn)}</span>
        </Fact>
      )}
      <Fact name={t('incoming.fact.arrivedAt')}>
        <span className="sealpost-number">{moment(document.arrivedAt)}</span>
      </Fact>
      {document.arrivalNumber !== null && document.arrivalDate !== null && (
        <Fact name={t('incoming.fact.arrival')}>
          <strong className="sealpost-number">
            {t('incoming.fact.arrivalOn', {
              number: number(document.arrivalNumber),
              date: day(document.arrivalDate),
            })}
          </strong>
        </Fact>
      )}
      {document.state === '01' && document.ackDueAt !== null && (
        <Fact name={t('incoming.fact.ackDue')}>
          <span className="sealpost-number">{moment(document.ackDueAt)}</span>
        </Fact>
      )}
      <Fact name={t('incoming.fact.urgency')}>
        {t(`marks.urgency.${document.urgency}`)}
        {document.urgencyAt !== null &&
          `, ${t('incoming.fact.urgencyAt', { moment: moment(document.urgencyAt) })}`}
      </Fact>
      <Fact name={t('incoming.fact.source')}>
        {paper ? t(`incoming.channel.${paper.channel}`) : t('incoming.fact.electronic')}
        {paper !== null && paper.pages !== null && `, ${t('common.pages', { count: paper.pages })}`}
      </Fact>
      {paper && (paper.envelopeMarks.length > 0 || paper.envelopeRemarks !== null) && (
        <Fact name={t('incoming.fact.envelope')}>
          {[
            ...paper.envelopeMarks.map((mark) => t(`incoming.envelope.${mark}`)),
            ...(paper.envelopeRemarks === null ? [] : [paper.envelopeRemarks]),
          ].join('; ')}
        </Fact>
      )}
      {process?.leader && <Fact name={t('incoming.fact.leader')}>{process.leader.fullName}</Fact>}
      {isAssigned && handling.leadPersonId !== null && (
        <Fact name={t('incoming.fact.lead')}>
          <PersonName id={handling.leadPersonId} />
        </Fact>
      )}
      {isAssigned && (
        <Fact name={t('incoming.fact.due')}>
          {handling.due === null ? (
            t('incoming.fact.noDue')
          ) : (
            <>
              <span className="sealpost-number">{day(handling.due)}</span>
              {handling.overdue && <strong> · {t('incoming.overdue')}</strong>}
            </>
          )}
        </Fact>
      )}
      {document.refusalReason !== null && (
        <Fact name={t('incoming.fact.refusal')}>{document.refusalReason}</Fact>
      )}
      {process !== null && process.result !== null && (
        <Fact name={t('incoming.fact.result')}>{process.result}</Fact>
      )}
      {document.answeredBy.length > 0 && (
        <Fact name={t('incoming.fact.answeredBy')}>
          {document.answeredBy.map((answer) => (
            <div key={answer.documentId}>
              <Link href={`/outgoing/${answer.documentId}`}>
                {answer.symbol ?? t('incoming.fact.answerDraft')}
              </Link>
              {answer.date !== null && ` · ${day(answer.date)}`}
            </div>
          ))}
        </Fact>
      )}
    </DescriptionList>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{name}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}
