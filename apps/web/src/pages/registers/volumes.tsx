import { Button, EmptyState, EmptyStateBody, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { ClosedVolume, Page, VolumeSummary } from '../../api/types';
import { day } from '../../formats/moments';
import { useAct } from '../../parts/act';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { EndlessEnd } from '../../parts/endless-end';
import { PersonName } from '../../parts/person-name';
import { ProblemAlert } from '../../parts/problem-alert';
import { useBodies } from '../../parts/use-bodies';
import { DownloadStatus, useDownload } from '../../parts/use-download';
import { usePages } from '../../parts/use-pages';
import { useSession } from '../../shell/session';
import { Loading } from '../../parts/loading';

/** The volumes (quyển) of the registers: which numbers each holds, closing one, and the print of a closed one. */
export function Volumes() {
  const { t } = useTranslation();
  const { policies } = useSession();
  const [closing, setClosing] = useState<VolumeSummary>();
  const download = useDownload();
  const nameOf = useVolumeName();
  const pages = usePages<Page<VolumeSummary>>('/registers/volumes');
  const close = useAct(
    ({ id }: VolumeSummary) => send<ClosedVolume>('POST', `/registers/volumes/${id}/close`),
    {
      done: t('registers.volume.closed'),
      then: () => {
        setClosing(undefined);
      },
    },
  );
  if (pages.isPending) return <Loading />;
  if (pages.isLoadingError) return <ProblemAlert error={pages.error} />;
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return (
      <EmptyState variant="sm" headingLevel="h2" titleText={t('registers.volume.none')}>
        <EmptyStateBody>{t('registers.volume.noneText')}</EmptyStateBody>
      </EmptyState>
    );
  return (
    <>
      <DownloadStatus download={download} />
      <Table aria-label={t('registers.title.volumes')} variant="compact" gridBreakPoint="grid-lg">
        <Thead>
          <Tr>
            <Th width={35}>{t('registers.volume.name')}</Th>
            <Th modifier="nowrap">{t('registers.volume.no')}</Th>
            <Th modifier="nowrap">{t('registers.volume.numbers')}</Th>
            <Th modifier="nowrap">{t('registers.volume.opened')}</Th>
            <Th modifier="nowrap">{t('common.state')}</Th>
            <Th screenReaderText={t('registers.volume.actions')} />
          </Tr>
        </Thead>
        <Tbody>
          {items.map((volume) => (
            <Tr key={volume.id}>
              <Td dataLabel={t('registers.volume.name')}>{nameOf(volume)}</Td>
              <Td dataLabel={t('registers.volume.no')}>
                <span className="sealpost-number">
                  {t('registers.volume.noOfYear', { no: volume.no, year: volume.year })}
                </span>
              </Td>
              <Td dataLabel={t('registers.volume.numbers')}>
                <span className="sealpost-number">
                  {numbersOf(volume) ?? t('registers.volume.from', { from: volume.firstNumber })}
                </span>
              </Td>
              <Td dataLabel={t('registers.volume.opened')}>
                <span className="sealpost-number">{day(volume.openedOn)}</span>
              </Td>
              <Td dataLabel={t('common.state')}>
                <VolumeState volume={volume} />
              </Td>
              <Td dataLabel={t('registers.volume.actions')}>
                {volume.closedOn === null ? (
                  policies.includes('register.close') && (
                    <Button
                      variant="secondary"
                      size="sm"
                      aria-label={t('registers.volume.closeOf', { name: fullName(volume) })}
                      onClick={() => {
                        setClosing(volume);
                      }}
                    >
                      {t('registers.volume.close')}
                    </Button>
                  )
                ) : (
                  <Button
                    variant="link"
                    isInline
                    isDisabled={download.running !== null}
                    aria-label={t('registers.volume.printOf', { name: fullName(volume) })}
                    onClick={() => {
                      download.start(`/registers/volumes/${volume.id}/content`, fullName(volume));
                    }}
                  >
                    {t('registers.volume.print')}
                  </Button>
                )}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      <EndlessEnd pages={pages} />
      {closing && (
        <ConfirmDialog
          title={t('registers.volume.closeTitle', { name: fullName(closing) })}
          action={t('registers.volume.close')}
          isPending={close.isPending}
          onConfirm={() => {
            close.act(closing);
          }}
          onClose={() => {
            setClosing(undefined);
          }}
        >
          <p>{t('registers.volume.closeMeans')}</p>
          <p>{t('registers.volume.closeNext')}</p>
          <p>
            <strong>{t('registers.volume.closeForGood')}</strong>
          </p>
        </ConfirmDialog>
      )}
    </>
  );

  function fullName(volume: VolumeSummary): string {
    return `${nameOf(volume)}, ${t('registers.volume.noOfYear', { no: volume.no, year: volume.year })}`;
  }
}

function VolumeState({ volume }: { readonly volume: VolumeSummary }) {
  const { t } = useTranslation();
  if (volume.closedOn === null) return <Label color="blue">{t('registers.volume.isOpen')}</Label>;
  return (
    <>
      <Label color="grey">{t('registers.volume.closedOn', { day: day(volume.closedOn) })}</Label>{' '}
      {volume.closedBy !== null && <PersonName id={volume.closedBy} />}
      {volume.sha256 !== null && (
        <span className="sealpost-quiet sealpost-registers__digest">
          {t('registers.volume.digest', { digest: volume.sha256 })}
        </span>
      )}
    </>
  );
}

function numbersOf({ firstNumber, lastNumber }: VolumeSummary): string | null {
  if (lastNumber === null) return null;
  return firstNumber === lastNumber ? String(firstNumber) : `${firstNumber}–${lastNumber}`;
}

/** `Văn bản đi: Công văn · Ban Thường vụ Tỉnh ủy · 2025–2030` */
function useVolumeName(): (volume: VolumeSummary) => string {
  const { t } = useTranslation();
  const bodies = useBodies();
  return ({ register, series }) => {
    const book = t(`registers.tab.${register}`);
    if (series === null) return book;
    const body = bodies?.find(({ id }) => id === series.bodyId);
    const shared = { '*': t('registers.volume.allTypes'), COPY: t('registers.volume.copies') };
    const type =
      series.typeGroup === '*' || series.typeGroup === 'COPY'
        ? shared[series.typeGroup]
        : (body?.types.find(({ code }) => code === series.typeGroup)?.name ?? series.typeGroup);
    return `${book}: ${[type, body?.name, series.period].filter((part) => part !== undefined).join(' · ')}`;
  };
}
