import { Title } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { DocumentDetail } from '../../api/types';
import { moment } from '../../formats/moments';
import { PersonName } from '../../parts/person-name';

/** Who signed which file, when, and whether a time-stamp proves it. */
export function Signatures({ document }: { readonly document: DocumentDetail }) {
  const { t } = useTranslation();
  const titles = new Map(document.files.map(({ id, title }) => [id, title]));
  return (
    <section className="sealpost-stack" aria-labelledby="signatures">
      <Title headingLevel="h2" size="md" id="signatures">
        {t('document.signaturesTitle')}
      </Title>
      {document.signatures.length === 0 ? (
        <p className="sealpost-quiet">{t('document.noSignatures')}</p>
      ) : (
        <ul className="sealpost-lines">
          {document.signatures.map(({ fileId, kind, personId, level, signedAt }) => (
            <li key={`${fileId} ${kind} ${signedAt}`}>
              <strong>{t(`document.signatureKind.${kind}`)}</strong>{' '}
              {t('document.onFile', { file: titles.get(fileId) ?? '' })}
              <br />
              <PersonName id={personId} /> · <span className="sealpost-number">{moment(signedAt)}</span> ·{' '}
              {t(`document.timestamp.${level}`)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
