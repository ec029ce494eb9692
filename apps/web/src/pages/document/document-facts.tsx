import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { DocumentDetail } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { PersonName, usePersonName } from '../../parts/person-name';
import { useBodies } from '../../parts/use-bodies';
import { openStep } from './actions-of';

/** What the register says of a document, and what it waits for. */
export function DocumentFacts({ document }: { readonly document: DocumentDetail }) {
  const { t } = useTranslation();
  const next = useNext(document);
  const body = useBodies()?.find(({ id }) => id === document.bodyId);
  const returned = document.state === 'RETURNED' ? document.drafts.at(-1) : undefined;
  const { urgencyAt, signer } = document;
  return (
    <DescriptionList
      className="sealpost-facts"
      isCompact
      isHorizontal
      horizontalTermWidthModifier={{ default: '9rem' }}
    >
      {next !== undefined && <Fact name={t('document.fact.next')} value={<strong>{next}</strong>} />}
      {returned?.returnReason && (
        <Fact name={t('document.fact.returnReason')} value={<strong>{returned.returnReason}</strong>} />
      )}
      {document.withdrawal && (
        <Fact
          name={t(`marks.outgoingState.${document.state}`)}
          value={
            <>
              {moment(document.withdrawal.at)}
              <br />
              <strong>{document.withdrawal.reason}</strong>
              {document.withdrawal.byDocumentId && (
                <>
                  <br />
                  <Link href={`/outgoing/${document.withdrawal.byDocumentId}`}>
                    {t('document.withdrawal.open')}
                  </Link>
                </>
              )}
            </>
          }
        />
      )}
      {document.cancelReason && <Fact name={t('document.fact.cancelReason')} value={document.cancelReason} />}
      {document.symbol && (
        <Fact
          name={t('document.fact.symbol')}
          value={<span className="sealpost-number">{document.symbol}</span>}
        />
      )}
      {document.date && (
        <Fact
          name={t('document.fact.date')}
          value={<span className="sealpost-number">{day(document.date)}</span>}
        />
      )}
      {body && (
        <Fact name={t(document.copyOf ? 'document.fact.copiedBy' : 'document.fact.body')} value={body.name} />
      )}
      <Fact name={t('document.fact.type')} value={document.typeName} />
      {document.copyOf && (
        <Fact name={t('document.fact.copyOf')} value={<CopySource document={document} />} />
      )}
      <Fact name={t('document.fact.secrecy')} value={t(`marks.secrecy.${document.secrecy}`)} />
      <Fact
        name={t('document.fact.urgency')}
        value={
          urgencyAt === null
            ? t(`marks.urgency.${document.urgency}`)
            : `${t(`marks.urgency.${document.urgency}`)}, ${t('document.fact.arriveBy', { moment: moment(urgencyAt) })}`
        }
      />
      <Fact
        name={t('document.fact.signer')}
        value={
          <>
            {signer === null
              ? t('document.fact.agencyAlone')
              : signer.block.map((line) => <div key={line}>{line}</div>)}
            <SignerName document={document} />
          </>
        }
      />
      <Fact name={t('document.fact.drafter')} value={<PersonName id={document.drafterId} />} />
      <Fact
        name={t('document.fact.created')}
        value={<span className="sealpost-number">{moment(document.createdAt)}</span>}
      />
      {document.issuedAt && (
        <Fact
          name={t('document.fact.issued')}
          value={<span className="sealpost-number">{moment(document.issuedAt)}</span>}
        />
      )}
    </DescriptionList>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{name}</DescriptionListTerm>
      <DescriptionListDescription>{value}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}

/** What was copied, in the words of the copy, as a way to it. */
function CopySource({ document: { abstract, copyOf } }: { readonly document: DocumentDetail }) {
  const { t } = useTranslation();
  if (copyOf === null) return null;
  const { documentId, incomingId, pages } = copyOf;
  return (
    <>
      <Link href={documentId === null ? `/incoming/${incomingId ?? ''}` : `/outgoing/${documentId}`}>
        {abstract}
      </Link>
      {pages !== null && <div>{t('document.fact.copiedPages', { pages })}</div>}
    </>
  );
}

/** Who signed; before that, who holds the signer's post today. */
function useSignerName(document: DocumentDetail): string {
  const signed = document.signatures.findLast(({ kind }) => kind === 'personal');
  const signedBy = usePersonName(signed?.personId);
  const holder = useBodies()
    ?.find(({ id }) => id === document.bodyId)
    ?.signers.find(({ postId }) => postId === document.signer?.postId)?.holders[0]?.fullName;
  return signed ? signedBy : (holder ?? '');
}

function SignerName({ document }: { readonly document: DocumentDetail }) {
  return <strong>{useSignerName(document)}</strong>;
}

function useNext(document: DocumentDetail): string | undefined {
  const { t } = useTranslation();
  const step = openStep(document);
  const reviewer = usePersonName(step?.personId);
  const signer = useSignerName(document);
  const hasSeal = useBodies()?.find(({ id }) => id === document.bodyId)?.hasSeal ?? true;
  switch (document.state) {
    case 'DRAFT':
    case 'RETURNED':
      return t('document.waits.draft');
    case 'IN_REVIEW':
      return step
        ? t('document.waits.step', { name: reviewer, step: step.name })
        : t('document.waits.approval');
    case 'APPROVED':
      return t('document.waits.signature', { name: signer });
    case 'PERSON_SIGNED':
    case 'COPIED':
      return t('document.waits.number');
    case 'NUMBERED':
      return hasSeal ? t('document.waits.agency') : t('document.waits.issue');
    case 'AGENCY_SIGNED':
      return t('document.waits.issue');
    default:
      return undefined;
  }
}
