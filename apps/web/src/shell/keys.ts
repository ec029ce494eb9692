import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

import type { Route } from '../routes';

type MenuName = NonNullable<Route['menu']>;

/** After `g`: where to. The letters are the first of the English names, or else one that is free. */
export const pageKeys: Readonly<Record<string, MenuName>> = {
  w: 'work',
  d: 'draft',
  o: 'outgoing',
  i: 'incoming',
  u: 'groups',
  r: 'registers',
  s: 'search',
  m: 'monitor',
  t: 'statistics',
  l: 'trail',
  f: 'flags',
  n: 'mandates',
  a: 'administration',
  e: 'delegations',
  h: 'health',
};

/** Milliseconds in which the letter follows the `g`. */
const patience = 1500;

const rows = '#content .sealpost-desk__items > li, #content tbody > tr';
const searchFields = '#content input[type="search"], #content .pf-v6-c-text-input-group__text-input';

interface Options {
  readonly isOn: boolean;
  readonly menu: readonly { readonly name: MenuName; readonly path: string }[];
  readonly onHelp: () => void;
}

/**
 * Keys of one character, from anywhere but where one types and but over a dialog: `?` help, `/` search, `g` and a letter
 * to a page, `j` and `k` through a list. Enter, Esc and Tab stay what they are everywhere.
 */
export function useKeys({ isOn, menu, onHelp }: Options): void {
  const [, go] = useLocation();
  const goesSince = useRef(-Infinity);
  useEffect(() => {
    if (!isOn) return undefined;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isBusy(event.target)) return;
      const isGoing = event.timeStamp - goesSince.current < patience;
      goesSince.current = event.key === 'g' ? event.timeStamp : -Infinity;
      const page = isGoing && menu.find(({ name }) => name === pageKeys[event.key]);
      if (page) go(page.path);
      else if (isGoing || !act(event.key)) return;
      event.preventDefault();
    };
    const act = (key: string): boolean => {
      if (key === '?') onHelp();
      else if (key === '/') search();
      else if (key === 'j') step(1);
      else if (key === 'k') step(-1);
      else return false;
      return true;
    };
    const search = (): void => {
      const field = document.querySelector<HTMLElement>(searchFields);
      const page = menu.find(({ name }) => name === 'search');
      if (field) field.focus();
      else if (page) go(page.path);
    };
    document.addEventListener('keydown', press);
    return () => {
      document.removeEventListener('keydown', press);
    };
  }, [isOn, menu, onHelp, go]);
}

/** Whether the key belongs to what has the focus: a field that is typed in, a list that is chosen from, a dialog. */
function isBusy(target: EventTarget | null): boolean {
  const own = 'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]';
  return (
    (target instanceof Element && target.closest(`${own}, [role=menu], [role=listbox]`) !== null) ||
    document.querySelector('[role=dialog]') !== null
  );
}

/** To the next row of the list on the page, or the one before; from outside the list to its first. */
function step(by: 1 | -1): void {
  const links = [...document.querySelectorAll(rows)].flatMap((row) => row.querySelector('a') ?? []);
  const now = links.findIndex((link) => link.closest('li, tr')?.contains(document.activeElement));
  links[now === -1 ? 0 : Math.min(Math.max(now + by, 0), links.length - 1)]?.focus();
}
