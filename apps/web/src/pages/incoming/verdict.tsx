import { Alert, Button, Spinner } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { IncomingDocument, IncomingVerification } from '../../api/types';
import { moment } from '../../formats/moments';
import { PersonName } from '../../parts/person-name';
import { ProblemAlert } from '../../parts/problem-alert';
import { useSession } from '../../shell/session';
import { SignatureVerdict } from './signature-verdict';
import type { VerifiedFile } from './verdict-lines';
import { isCopy, isExtract } from './verdict-lines';

interface Props {
  readonly document: IncomingDocument;
}

const colours = { 'TOTAL-PASSED': 'success', INDETERMINATE: 'warning', 'TOTAL-FAILED': 'danger' } as const;

/**
 * What the signatures are worth, in plain words, and why. A document that nobody has verified is verified as it is
 * opened, by whoever may; until that ends there is no verdict.
 */
export function Verdict({ document }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { policies } = useSession();
  const { id, verification } = document;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => send<IncomingVerification>('POST', `/incoming/${id}/verify`),
    onSettled: () =>
      queries.invalidateQueries({
        predicate: ({ queryKey: [kind] }) => kind === 'incoming' || kind === 'list',
      }),
  });
  const mayVerify = policies.includes('incoming.verify');
  const isDue = mayVerify && verification === null && document.state === '01';
  const asked = useRef(false);
  useEffect(() => {
    if (!isDue || asked.current) return;
    asked.current = true;
    mutate();
  }, [isDue, mutate]);
  const verdict = isPending ? undefined : verification?.verdict;
  return (
    <section className="sealpost-verdict" aria-labelledby="verdict-title">
      <Alert
        isInline
        variant={verdict === undefined ? 'info' : colours[verdict]}
        component="h3"
        title={
          <span id="verdict-title">
            <span className="sealpost-quiet">{t('incoming.verdict.title')}: </span>
            {t(`incoming.verdict.${verdict ?? 'none'}`)}
          </span>
        }
      >
        <div role="status">
          {isPending && (
            <>
              <Spinner size="sm" aria-hidden="true" /> {t('incoming.verdict.checking')}{' '}
            </>
          )}
          {t(`incoming.verdict.meaning.${verdict ?? 'none'}`)}
        </div>
        {isCopy(document.typeCode) && <CopyOf document={document} />}
        {verification && !isPending && (
          <p className="sealpost-quiet">
            {t('incoming.verdict.at', { moment: moment(verification.verifiedAt) })},{' '}
            <PersonName id={verification.verifiedBy} />.{' '}
            {t('incoming.verdict.fileCount', {
              files: verification.files.length,
              pages: document.counts.pages,
            })}
          </p>
        )}
        {mayVerify && !isPending && (
          <Button
            variant="link"
            isInline
            onClick={() => {
              mutate();
            }}
          >
            {t(verification === null ? 'incoming.verdict.check' : 'incoming.verdict.again')}
          </Button>
        )}
      </Alert>
      {error !== null && <ProblemAlert error={error} />}
      {verification &&
        !isPending &&
        verification.files.map((file) => <FileVerdict key={file.fileId} file={file} document={document} />)}
    </section>
  );
}

/** Whose words the signatures stand under: those of the original, and that of whoever copied it. */
function CopyOf({ document: { typeCode, typeName, abstract } }: Props) {
  const { t } = useTranslation();
  return (
    <p>
      {t(isExtract(typeCode) ? 'copies.verdict.extract' : 'copies.verdict.whole', {
        type: typeName?.toLocaleLowerCase('vi') ?? '',
        what: abstract ?? '',
      })}
    </p>
  );
}

function FileVerdict({
  file,
  document,
}: {
  readonly file: VerifiedFile;
  readonly document: IncomingDocument;
}) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'vi';
  const { report } = file;
  return (
    <section aria-label={file.title} className="sealpost-verdict__file">
      <h4>
        {t(`document.role.${file.role}`)}: {file.title}
      </h4>
      {file.fault !== null && (
        <p>
          <strong>{t('incoming.verdict.mark.bad')}.</strong> {t('incoming.verdict.fault')}
        </p>
      )}
      {report.error ? (
        <p>
          <strong>{t('incoming.verdict.mark.bad')}.</strong> {report.error[language]}
        </p>
      ) : (
        report.signatures.length === 0 && (
          <p>
            {t(file.role === 'attachment' ? 'incoming.verdict.unsigned' : 'incoming.verdict.unsignedMain')}
          </p>
        )
      )}
      <div className="sealpost-verdict__signatures">
        {report.signatures.map((signature) => (
          <SignatureVerdict
            key={signature.field}
            report={signature}
            sender={{ ...document.sender, typeCode: document.typeCode }}
          />
        ))}
      </div>
    </section>
  );
}
