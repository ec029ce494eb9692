import {
  Bullseye,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  Nav,
  NavItem,
  NavList,
  Page,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  Spinner,
} from '@patternfly/react-core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';

import icon from '../icon.svg';
import { PageFailure } from '../parts/page-failure';
import { MissingPage } from '../pages/missing-page';
import type { Route as PageRoute } from '../routes';
import { AccountMenu } from './account-menu';
import { useNotices } from './notices/use-notices';
import { SecrecyBanner } from './secrecy-banner';
import { useSession } from './session';

const NoticePanel = lazy(() => import('./notices/notice-panel'));

const wide = 1200;

/** The frame around every page: banner, masthead, menu, and the page itself. */
export function Frame({ routes }: { readonly routes: readonly PageRoute[] }) {
  const { t } = useTranslation();
  const { policies } = useSession();
  const [location] = useLocation();
  const [menuOpen, setMenuOpen] = useState(() => window.innerWidth >= wide);
  const [noticesOpen, setNoticesOpen] = useState(false);
  const notices = useNotices();
  const toggleNotices = (): void => {
    setNoticesOpen(!noticesOpen);
  };
  const mine = routes.filter(({ policy }) => policies.includes(policy));
  const menu = mine.flatMap((route) => (route.menu ? [{ path: route.path, name: route.menu }] : []));
  const [home] = menu;

  const masthead = (
    <Masthead>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton
            isHamburgerButton
            aria-label={t('shell.menu')}
            isSidebarOpen={menuOpen}
            onSidebarToggle={() => {
              setMenuOpen(!menuOpen);
            }}
          />
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component={(props) => <Link {...props} href="/" />} className="sealpost-logo">
            <img src={icon} alt="" width={28} height={28} />
            {t('shell.product')}
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <AccountMenu notices={notices} onNotices={toggleNotices} areNoticesOpen={noticesOpen} />
      </MastheadContent>
    </Masthead>
  );
  const sidebar = (
    <PageSidebar isSidebarOpen={menuOpen}>
      <PageSidebarBody>
        <Nav aria-label={t('shell.nav.label')}>
          <NavList>
            {menu.map(({ path, name }) => (
              <NavItem
                key={path}
                itemId={path}
                isActive={location === path || location.startsWith(`${path}/`)}
                component={(props) => <Link {...props} href={path} />}
                onClick={() => {
                  if (window.innerWidth < wide) setMenuOpen(false);
                }}
              >
                {t(`shell.nav.${name}`)}
              </NavItem>
            ))}
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
  return (
    <div className="sealpost-frame">
      <a className="sealpost-skip" href="#content">
        {t('shell.skip')}
      </a>
      <SecrecyBanner />
      <Page
        masthead={masthead}
        sidebar={sidebar}
        mainContainerId="content"
        mainTabIndex={-1}
        isNotificationDrawerExpanded={noticesOpen && notices !== undefined}
        // Always there: a frame with a drawer is another frame, in which the page would begin anew.
        notificationDrawer={
          <Suspense>
            {noticesOpen && notices && <NoticePanel notices={notices} onClose={toggleNotices} />}
          </Suspense>
        }
      >
        <PageFailure key={location}>
          <Suspense
            fallback={
              <Bullseye>
                <Spinner aria-label={t('common.loading')} />
              </Bullseye>
            }
          >
            <Switch>
              {home && (
                <Route path="/">
                  <Redirect to={home.path} replace />
                </Route>
              )}
              {mine.map(({ path, page: Content }) => (
                <Route key={path} path={path}>
                  <Content />
                </Route>
              ))}
              <Route>
                <MissingPage />
              </Route>
            </Switch>
          </Suspense>
        </PageFailure>
      </Page>
    </div>
  );
}
