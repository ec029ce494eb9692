import {
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
} from '@patternfly/react-core';
import type { ComponentProps } from 'react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
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
import { Loading } from '../parts/loading';

const KeysDialog = lazy(() => import('./keys-dialog'));
const NoticePanel = lazy(() => import('./notices/notice-panel'));

/** Where the menu has a place of its own beside the page; on narrower screens it lies over the page. */
const wideScreen = window.matchMedia('(min-width: 1200px)');
const isWide = (): boolean => wideScreen.matches;

/** The menu is open on wide screens until it is closed, and closed on narrow ones until it is opened. */
function useMenu(): readonly [boolean, (isOpen: boolean) => void] {
  const [isOpen, setOpen] = useState(isWide);
  useEffect(() => {
    const follow = (): void => {
      setOpen(isWide());
    };
    wideScreen.addEventListener('change', follow);
    return () => {
      wideScreen.removeEventListener('change', follow);
    };
  }, []);
  return [isOpen, setOpen];
}

function HomeLink(props: Omit<ComponentProps<'a'>, 'href'>) {
  return <Link {...props} href="/" />;
}

/** The frame around every page: banner, masthead, menu, and the page itself. */
export function Frame({ routes }: { readonly routes: readonly PageRoute[] }) {
  const { t } = useTranslation();
  const { policies } = useSession();
  const [location] = useLocation();
  const [menuOpen, setMenuOpen] = useMenu();
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
    if (!isWide()) setMenuOpen(false);
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
          <MastheadLogo component={HomeLink} className="sealpost-logo">
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
                isActive={location === path || location.startsWith(`${path}/`)}
                onClick={closeNarrowMenu}
              >
                <Link href={path}>{t(`shell.nav.${name}`)}</Link>
              </NavItem>
            ))}
          </NavList>
        </Nav>
        {/* Of a closed menu PatternFly keeps the focus away from its own links alone. */}
        {menuOpen && <SavedViews onPick={closeNarrowMenu} />}
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
        onPageResize={() => undefined}
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
          <Suspense fallback={<Loading />}>
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
