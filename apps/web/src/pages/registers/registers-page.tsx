import { Button, PageSection } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';

import type { ExportFormat, RegisterName } from '../../api/types';
import { today } from '../../formats/moments';
import { PageTitle } from '../../parts/page-title';
import { query, useAddress } from '../../parts/use-address';
import { DownloadStatus, useDownload } from '../../parts/use-download';
import { MissingPage } from '../missing-page';
import { handlingLook, incomingLook, outgoingLook } from './columns';
import { RangeFilter } from './range-filter';
import { RegisterTable } from './register-table';
import './registers.css';
import { Volumes } from './volumes';

const names: readonly RegisterName[] = ['outgoing', 'incoming', 'handling'];
const formats: readonly ExportFormat[] = ['pdf', 'csv', 'xlsx'];

/** The registers of the own agency, and their volumes. */
export default function RegistersPage() {
  const { t } = useTranslation();
  const { name: asked = 'outgoing' } = useParams<{ name?: string }>();
  const name = names.find((known) => known === asked);
  if (name === undefined && asked !== 'volumes') return <MissingPage />;
  return (
    <>
      <PageTitle title={t(`registers.title.${name ?? 'volumes'}`)} />
      <PageSection hasBodyWrapper={false} className="sealpost-registers">
        <nav className="sealpost-choices" aria-label={t('registers.which')}>
          {([...names, 'volumes'] as const).map((each) => (
            <Link
              key={each}
              href={`/registers/${each}`}
              aria-current={each === (name ?? 'volumes') ? 'page' : undefined}
            >
              {t(`registers.tab.${each}`)}
            </Link>
          ))}
        </nav>
        {name === undefined ? <Volumes /> : <Register key={name} name={name} />}
      </PageSection>
    </>
  );
}

function Register({ name }: { readonly name: RegisterName }) {
  const { t } = useTranslation();
  const address = useAddress();
  const download = useDownload();
  const range = {
    year: address.value('year') || today().slice(0, 4),
    from: address.value('from'),
    to: address.value('to'),
    body: name === 'outgoing' ? address.value('body') : '',
  };
  const path = `/registers/${name}${query(range)}`;
  const label = t(`registers.title.${name}`);
  return (
    <>
      <div className="sealpost-registers__tools">
        <RangeFilter name={name} range={range} onChange={address.change} />
        <div className="sealpost-actions" role="group" aria-label={t('registers.export')}>
          {formats.map((format) => (
            <Button
              key={format}
              variant="secondary"
              size="sm"
              isDisabled={download.running !== null}
              aria-label={t('registers.exportAs', { format: format.toUpperCase() })}
              onClick={() => {
                download.start(
                  `/registers/${name}/export${query({ ...range, format })}`,
                  `${label} (${format.toUpperCase()})`,
                );
              }}
            >
              {format.toUpperCase()}
            </Button>
          ))}
        </div>
      </div>
      <DownloadStatus download={download} />
      {name === 'outgoing' && <RegisterTable path={path} label={label} look={outgoingLook(t)} />}
      {name === 'incoming' && <RegisterTable path={path} label={label} look={incomingLook(t)} />}
      {name === 'handling' && <RegisterTable path={path} label={label} look={handlingLook(t)} />}
    </>
  );
}
