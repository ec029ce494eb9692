import type { ComponentType, LazyExoticComponent } from 'react';
import { lazy } from 'react';

import type { Role } from './api/types';
import type { vi } from './i18n/vi';

export interface Route {
  /** A wouter pattern: `/outgoing/:id`. */
  readonly path: string;
  /** Who has this page; whoever lacks every one of these roles is told that there is no such page. */
  readonly roles: readonly Role[];
  /** Stands in the menu under this name; pages without one are reached from others. */
  readonly menu?: keyof (typeof vi)['shell']['nav'];
  readonly page: LazyExoticComponent<ComponentType>;
}

const office: readonly Role[] = ['drafter', 'clerk', 'leader'];

/** Every page with its address and the roles it is for; each is loaded when it is first opened. */
export const routes: readonly Route[] = [
  {
    path: '/outgoing',
    roles: office,
    menu: 'outgoing',
    page: lazy(() => import('./pages/outgoing/outgoing-list')),
  },
];
