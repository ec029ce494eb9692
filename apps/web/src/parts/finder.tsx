import { Button, FormGroup, SearchInput } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get } from '../api/client';
import type { Page } from '../api/types';
import { ProblemAlert } from './problem-alert';

interface Props<T> {
  readonly label: string;
  readonly hint: string;
  /** Path below /api/v1 for what was typed. */
  readonly pathOf: (typed: string) => string;
  readonly nameOf: (item: T) => string;
  /** One quiet line below the name. */
  readonly detailOf: (item: T) => string;
  /** Those chosen already are not offered again. */
  readonly chosen: ReadonlySet<string>;
  readonly onPick: (item: T) => void;
}

const shown = 8;
/** Whoever pastes more is not looking for a name. */
const mostLetters = 100;

/** Finds somebody or something in the directory while one types, without accents; Enter takes the first. */
export function Finder<T extends { readonly id: string }>({
  label,
  hint,
  pathOf,
  nameOf,
  detailOf,
  chosen,
  onPick,
}: Props<T>) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const asked = useSettled(typed.trim());
  const found = useQuery({
    queryKey: ['find', pathOf(asked)],
    queryFn: ({ signal }) => get<Page<T>>(pathOf(asked), signal),
    enabled: asked.length >= 2,
    staleTime: 60_000,
  });
  const items =
    asked.length < 2 ? [] : (found.data?.items ?? []).filter((item) => !chosen.has(item.id)).slice(0, shown);
  const pick = (item: T): void => {
    onPick(item);
    setTyped('');
    window.document.getElementById(id)?.focus();
  };
  return (
    <FormGroup label={label} fieldId={id}>
      <SearchInput
        searchInputId={id}
        value={typed}
        placeholder={hint}
        aria-label={label}
        resetButtonLabel={t('common.remove')}
        onChange={(_event, value) => {
          setTyped(value.slice(0, mostLetters));
        }}
        onClear={() => {
          setTyped('');
        }}
        onKeyDown={(event) => {
          const [first] = items;
          if (event.key !== 'Enter') return;
          // The form around is not sent while one searches.
          event.preventDefault();
          if (first !== undefined && asked === typed.trim()) pick(first);
        }}
      />
      <div role="status" className="sealpost-quiet sealpost-finder__count">
        {asked.length >= 2 &&
          found.data &&
          (items.length === 0 ? t('draft.find.none') : t('draft.find.found', { count: items.length }))}
      </div>
      {found.isError && <ProblemAlert error={found.error} />}
      {items.length > 0 && (
        <ul className="sealpost-finder">
          {items.map((item) => (
            <li key={item.id}>
              <Button
                variant="plain"
                onClick={() => {
                  pick(item);
                }}
              >
                <span className="pf-v6-screen-reader">{t('common.add')} </span>
                {nameOf(item)}
                <span className="sealpost-quiet"> {detailOf(item)}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </FormGroup>
  );
}

/** What was typed, once nothing more has been for a moment; a cleared field at once, so that no list lingers to shift what is clicked next. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, 200);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return value === '' ? '' : settled;
}
