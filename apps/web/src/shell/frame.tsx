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
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';

import icon from '../icon.svg';
import { PageFailure } from '../parts/page-failure';
import { MissingPage } from '../pages/missing-page';
import type { Route as PageRoute } from '../routes';
import { AccountMenu } from './account-menu';
import { useKeys } from './keys';
import { useNotices } from './notices/use-notices';
import { usePreferences } from './preferences';
import { SavedViews } from './saved-views';
import { SecrecyBanner } from './secrecy-banner';
import { useSession } from './session';
import { Tour } from './tour';

const KeysDialog = lazy(() => import('./keys-dialog'));
const NoticePanel = lazy(() => import('./notices/notice-panel'));

const wide = 1200;

/** The frame around every page: banner, masthead, menu, and the page itself. */
export function Frame({ routes }: { readonly routes: readonly PageRoute[] }) {
  const { t } = useTranslation();
  const { policies } = useSession();
  const [location] = useLocation();
  const [menuOpen, setMenuOpen] = useState(() => window.innerWidth >= wide);
  const isNarrow = useRef(false);
  const [noticesOpen, setNoticesOpen] = useState(false);
  const notices = useNotices();
  const toggleNotices = (): void => {
    setNoticesOpen(!noticesOpen);
  };
  const mine = useMemo(() => routes.filter(({ policy }) => policies.includes(policy)), [routes, policies]);
  const menu = useMemo(
    () => mine.flatMap((route) => (route.menu ? [{ path: route.path, name: route.menu }] : [])),
    [mine],
  );
  const [home] = menu;
  const [{ keys, tourSeen }, changePreferences] = usePreferences();
  const [keysShown, setKeysShown] = useState(false);
  const showKeys = useCallback(() => {
    setKeysShown(true);
  }, []);
  useKeys({ isOn: keys, menu, onHelp: showKeys });
  const closeNarrowMenu = (): void => {
    if (isNarrow.current) setMenuOpen(false);
  };

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
        <AccountMenu
          notices={notices}
          onNotices={toggleNotices}
          areNoticesOpen={noticesOpen}
          onKeys={showKeys}
        />
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
                // Without it PatternFly prevents what a link does.
                to={path}
                isActive={location === path || location.startsWith(`${path}/`)}
                component={(props) => <Link {...props} href={path} />}
                onClick={closeNarrowMenu}
              >
                {t(`shell.nav.${name}`)}
              </NavItem>
            ))}
          </NavList>
        </Nav>
        <SavedViews onPick={closeNarrowMenu} />
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
        // Unless it is asked for, PatternFly does not look how wide the page is, and opens no menu on a phone.
        onPageResize={(_event, { mobileView }: { readonly mobileView: boolean }) => {
          isNarrow.current = mobileView;
        }}
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
        {!tourSeen && (
          <Tour
            menu={menu}
            onEnd={() => {
              changePreferences({ tourSeen: true });
            }}
          />
        )}
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
      {keysShown && (
        <Suspense>
          <KeysDialog
            menu={menu}
            onClose={() => {
              setKeysShown(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
