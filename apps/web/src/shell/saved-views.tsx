import { Button, Nav, NavItem, NavList } from '@patternfly/react-core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';

import { usePreferences } from './preferences';

const SaveViewDialog = lazy(() => import('./save-view-dialog'));

/** Pages with their filters that the person comes back to; the one that is shown can be saved or removed. */
export function SavedViews({ onPick }: { readonly onPick: () => void }) {
  const { t } = useTranslation();
  const [{ views }, change] = usePreferences();
  const [location] = useLocation();
  const filters = useSearch();
  const [isNaming, setIsNaming] = useState(false);
  const path = filters === '' ? location : `${location}?${filters}`;
  const isSaved = views.some((view) => view.path === path);
  return (
    <>
      {views.length > 0 && (
        <Nav aria-label={t('help.views.label')} className="sealpost-views">
          <NavList>
            {views.map((view) => (
              <NavItem key={view.path} isActive={view.path === path} onClick={onPick}>
                <Link href={view.path}>{view.name}</Link>
              </NavItem>
            ))}
          </NavList>
        </Nav>
      )}
      {isSaved ? (
        <Button
          variant="link"
          onClick={() => {
            change({ views: views.filter((view) => view.path !== path) });
          }}
        >
          {t('help.views.remove')}
        </Button>
      ) : (
        filters !== '' && (
          <Button
            variant="link"
            onClick={() => {
              setIsNaming(true);
            }}
          >
            {t('help.views.save')}
          </Button>
        )
      )}
      {isNaming && (
        <Suspense>
          <SaveViewDialog
            onName={(name) => {
              change({ views: [...views, { name, path }] });
              setIsNaming(false);
            }}
            onClose={() => {
              setIsNaming(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
