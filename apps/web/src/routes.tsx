import type { ComponentType, LazyExoticComponent } from 'react';
import { lazy } from 'react';

import type { PolicyName } from './api/types';
import type { vi } from './i18n/vi';

export interface Route {
  /** A wouter pattern: `/outgoing/:id`. */
  readonly path: string;
  /** What one must be allowed to have this page; anybody else is told that there is no such page. */
  readonly policy: PolicyName;
  /** Stands in the menu under this name; pages without one are reached from others. */
  readonly menu?: keyof (typeof vi)['shell']['nav'];
  readonly page: LazyExoticComponent<ComponentType>;
}

const registers = lazy(() => import('./pages/registers/registers-page'));
const incoming = lazy(() => import('./pages/incoming/incoming-page'));
const work = lazy(() => import('./pages/work/work-page'));

const agencies = lazy(() => import('./pages/administration/agencies-page'));

/** Every page with its address and the leave it needs; each is loaded when it is first opened. */
export const routes: readonly Route[] = [
  { path: '/work', policy: 'document.list', menu: 'work', page: work },
  { path: '/work/:view', policy: 'document.list', page: work },
  { path: '/work/:view/:id', policy: 'document.list', page: work },
  { path: '/incoming', policy: 'incoming.read', menu: 'incoming', page: incoming },
  {
    path: '/incoming/paper',
    policy: 'incoming.enter',
    page: lazy(() => import('./pages/incoming/paper-page')),
  },
  { path: '/incoming/:id', policy: 'incoming.read', page: incoming },
  {
    path: '/draft',
    policy: 'document.create',
    menu: 'draft',
    page: lazy(() => import('./pages/draft/draft-page')),
  },
  {
    path: '/outgoing',
    policy: 'document.list',
    menu: 'outgoing',
    page: lazy(() => import('./pages/outgoing/outgoing-list')),
  },
  {
    path: '/outgoing/:id/edit',
    policy: 'document.edit',
    page: lazy(() => import('./pages/draft/draft-page')),
  },
  {
    path: '/outgoing/:id/place',
    policy: 'document.place',
    page: lazy(() => import('./pages/place/place-page')),
  },
  {
    path: '/outgoing/:id',
    policy: 'document.read',
    page: lazy(() => import('./pages/document/document-page')),
  },
  {
    path: '/groups',
    policy: 'recipient-group.change',
    menu: 'groups',
    page: lazy(() => import('./pages/draft/groups-page')),
  },
  { path: '/registers', policy: 'register.read', menu: 'registers', page: registers },
  { path: '/registers/:name', policy: 'register.read', page: registers },
  {
    path: '/search',
    policy: 'document.search',
    menu: 'search',
    page: lazy(() => import('./pages/search/search-page')),
  },
  {
    path: '/monitor',
    policy: 'monitor.read',
    menu: 'monitor',
    page: lazy(() => import('./pages/monitor/monitor-page')),
  },
  {
    path: '/statistics',
    policy: 'statistics.read',
    menu: 'statistics',
    page: lazy(() => import('./pages/statistics/statistics-page')),
  },
  {
    path: '/trail',
    policy: 'audit.read',
    menu: 'trail',
    page: lazy(() => import('./pages/inspection/trail-page')),
  },
  {
    path: '/trail/documents/:id',
    policy: 'audit.read',
    page: lazy(() => import('./pages/inspection/document-trail-page')),
  },
  {
    path: '/flags',
    policy: 'audit.read',
    menu: 'flags',
    page: lazy(() => import('./pages/inspection/flags-page')),
  },
  {
    path: '/mandates',
    policy: 'mandate.read',
    menu: 'mandates',
    page: lazy(() => import('./pages/inspection/mandates-page')),
  },
  { path: '/administration', policy: 'directory.administer', menu: 'administration', page: agencies },
  { path: '/administration/agencies', policy: 'directory.administer', page: agencies },
  {
    path: '/administration/agencies/:id',
    policy: 'directory.administer',
    page: lazy(() => import('./pages/administration/agency-page')),
  },
  {
    path: '/administration/people',
    policy: 'directory.administer',
    page: lazy(() => import('./pages/administration/people-page')),
  },
  {
    path: '/administration/people/:id',
    policy: 'directory.administer',
    page: lazy(() => import('./pages/administration/person-page')),
  },
  {
    path: '/administration/certificates',
    policy: 'directory.administer',
    page: lazy(() => import('./pages/administration/certificates-page')),
  },
  {
    path: '/administration/keys',
    policy: 'key.import',
    page: lazy(() => import('./pages/administration/keys-page')),
  },
  {
    path: '/delegations',
    policy: 'delegation.read',
    menu: 'delegations',
    page: lazy(() => import('./pages/delegations/delegations-page')),
  },
  {
    path: '/node',
    policy: 'node.read',
    menu: 'health',
    page: lazy(() => import('./pages/health/health-page')),
  },
];
