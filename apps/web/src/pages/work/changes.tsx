import { ExpandableSection, Spinner } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { DocumentChanges } from '../../api/types';
import { moment } from '../../formats/moments';
import { ProblemAlert } from '../../parts/problem-alert';

type FieldChange = DocumentChanges['fields'][number];
type FileChange = DocumentChanges['files'][number];
type MainChanges = NonNullable<DocumentChanges['main']>;
type PageChange = MainChanges['pages'][number];

/** What is different from the draft that was sent back last; asked for when it is opened. */
export function ChangesSinceReturn({ id, version }: { readonly id: string; readonly version: number }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <ExpandableSection
      toggleText={t('work.changes.title')}
      isExpanded={isOpen}
      onToggle={(_event, opened) => {
        setIsOpen(opened);
      }}
    >
      {isOpen && <Changes id={id} version={version} />}
    </ExpandableSection>
  );
}

function Changes({ id, version }: { readonly id: string; readonly version: number }) {
  const { t } = useTranslation();
  const read = useQuery({
    queryKey: ['document', id, 'changes', version],
    queryFn: ({ signal }) => get<DocumentChanges>(`/documents/${id}/changes`, signal),
  });
  if (read.isPending) return <Spinner size="md" aria-label={t('common.loading')} />;
  if (read.isError) return <ProblemAlert error={read.error} />;
  const { since, returnedAt, fields, files, main } = read.data;
  const isSame = fields.length + files.length === 0;
  return (
    <div className="sealpost-changes">
      <p className="sealpost-quiet">{t('work.changes.since', { n: since, moment: moment(returnedAt) })}</p>
      {isSame && <p>{t('work.changes.nothing')}</p>}
      {fields.length > 0 && (
        <Part title={t('work.changes.fields')}>
          <dl className="sealpost-changes__fields">
            {fields.map((field) => (
              <Field key={field.field} change={field} />
            ))}
          </dl>
        </Part>
      )}
      {files.length > 0 && (
        <Part title={t('work.changes.files')}>
          <ul>
            {files.map((file) => (
              <li key={file.fileId}>
                {t(`work.changes.file.${file.change}`)}: {file.title}{' '}
                <span className="sealpost-quiet">
                  {pagesOf(file) && t('work.changes.pageCount', { pages: pagesOf(file) })}
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {main && <MainFile main={main} />}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="sealpost-changes__part">
        {title}
      </h3>
      {children}
    </section>
  );
}

/** `3 → 4`, in pages; a source has none. */
function pagesOf({ before, after }: FileChange): string {
  const counts = [before?.pages, after?.pages].filter((count) => count !== undefined && count > 0);
  return counts.length === 0 ? '' : [...new Set(counts)].join(' → ');
}

function Field({ change: { field, before, after } }: { readonly change: FieldChange }) {
  const { t } = useTranslation();
  const words = (value: string): string => {
    if (field === 'urgency') return t(`marks.urgency.${value as '0'}`);
    if (field === 'secrecy') return t(`marks.secrecy.${value as 'THUONG'}`);
    return field === 'urgencyAt' ? moment(value) : value;
  };
  return (
    <>
      <dt>{t(`work.changes.field.${field}`)}</dt>
      <dd>
        <Lines removed={before.map(words)} added={after.map(words)} />
      </dd>
    </>
  );
}

function MainFile({ main }: { readonly main: MainChanges }) {
  const { t } = useTranslation();
  if (main.comparison === 'unreadable') return <p>{t('work.changes.unreadable')}</p>;
  const changed = main.pages.filter(({ change }) => change !== 'same' && change !== 'no-text');
  const same = main.pages.filter(({ change }) => change === 'same').length;
  const silent = main.pages.filter(({ change }) => change === 'no-text').length;
  return (
    <Part title={t('work.changes.pages')}>
      <p className="sealpost-quiet">
        {same > 0 && t('work.changes.same', { count: same })}
        {silent > 0 && ` ${t('work.changes.noText', { count: silent })}`}
        {main.hasMore && ` ${t('work.changes.more', { n: main.comparedPages })}`}
      </p>
      <ol className="sealpost-changes__pages">
        {changed.map((page) => (
          <li key={`${page.before}-${page.after}`}>
            <ChangedPage page={page} />
          </li>
        ))}
      </ol>
    </Part>
  );
}

function ChangedPage({ page }: { readonly page: PageChange }) {
  const { t } = useTranslation();
  const kind = page.change === 'added' || page.change === 'removed' ? page.change : 'changed';
  return (
    <>
      <h4>{t(`work.changes.page.${kind}`, { n: page.after ?? page.before ?? 0 })}</h4>
      <Lines removed={page.removed} added={page.added} />
      {page.linesLeftOut > 0 && (
        <p className="sealpost-quiet">{t('work.changes.leftOut', { count: page.linesLeftOut })}</p>
      )}
    </>
  );
}

/** What went is struck out, what came is underlined: told apart also without colour, and by a screen reader. */
function Lines({
  removed,
  added,
}: {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}) {
  return (
    <div className="sealpost-changes__lines">
      {removed.map((line, index) => (
        <del key={`- ${index} ${line}`}>{line}</del>
      ))}
      {added.map((line, index) => (
        <ins key={`+ ${index} ${line}`}>{line}</ins>
      ))}
    </div>
  );
}
