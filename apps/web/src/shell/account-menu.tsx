import {
  Divider,
  Dropdown,
  DropdownGroup,
  DropdownItem,
  DropdownList,
  MenuToggle,
  NotificationBadge,
} from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { NoticePage } from '../api/types';
import { useProblemToast } from '../parts/toasts';
import { chooseLanguage } from '../i18n';
import { usePreferences } from './preferences';
import { useLogout, useSession } from './session';
import { chosenTheme, chooseTheme, themes } from './theme';

interface Props {
  /** undefined until they have been read. */
  readonly notices: NoticePage | undefined;
  readonly areNoticesOpen: boolean;
  readonly onNotices: () => void;
  readonly onKeys: () => void;
}

/** The bell; who is here and in which post; language, theme, log out. */
export function AccountMenu({ notices, areNoticesOpen, onNotices, onKeys }: Props) {
  const { t, i18n } = useTranslation();
  const { person } = useSession();
  const [{ hints }, changePreferences] = usePreferences();
  const logout = useLogout();
  const tell = useProblemToast();
  const [open, setOpen] = useState(false);
  const [theme, setTheme] = useState(chosenTheme());
  const other = i18n.language === 'vi' ? 'en' : 'vi';
  return (
    <div className="sealpost-masthead">
      {notices && (
        <NotificationBadge
          variant={notices.unread > 0 ? 'unread' : 'read'}
          count={notices.unread}
          aria-label={t('notices.bell', { count: notices.unread })}
          isExpanded={areNoticesOpen}
          onClick={onNotices}
        />
      )}
      <Dropdown
        isOpen={open}
        onOpenChange={setOpen}
        popperProps={{ position: 'right' }}
        toggle={(toggle) => (
          <MenuToggle
            ref={toggle}
            isExpanded={open}
            className="sealpost-account"
            onClick={() => {
              setOpen(!open);
            }}
          >
            <span className="sealpost-account__name">{person.fullName}</span>
            <span className="sealpost-account__post">
              {person.postTitle}, {person.agencyName}
            </span>
          </MenuToggle>
        )}
      >
        <DropdownList>
          <DropdownItem
            key="language"
            lang={other}
            onClick={() => {
              void chooseLanguage(other);
              setOpen(false);
            }}
          >
            {t('shell.language')}
          </DropdownItem>
        </DropdownList>
        <Divider />
        <DropdownGroup label={t('shell.theme.label')}>
          <DropdownList>
            {themes.map((name) => (
              <DropdownItem
                key={name}
                isSelected={theme === name}
                onClick={() => {
                  chooseTheme(name);
                  setTheme(name);
                }}
              >
                {t(`shell.theme.${name}`)}
              </DropdownItem>
            ))}
          </DropdownList>
        </DropdownGroup>
        <Divider />
        <DropdownGroup label={t('help.label')}>
          <DropdownList>
            <DropdownItem
              onClick={() => {
                setOpen(false);
                onKeys();
              }}
            >
              {t('help.keys.title')}
            </DropdownItem>
            <DropdownItem
              onClick={() => {
                setOpen(false);
                changePreferences({ tourSeen: false });
              }}
            >
              {t('help.tour.label')}
            </DropdownItem>
            <DropdownItem
              isSelected={hints}
              onClick={() => {
                changePreferences({ hints: !hints });
              }}
            >
              {t('help.hints')}
            </DropdownItem>
          </DropdownList>
        </DropdownGroup>
        <Divider />
        <DropdownList>
          <DropdownItem
            key="logout"
            onClick={() => {
              logout().catch(tell);
            }}
          >
            {t('shell.logout')}
          </DropdownItem>
        </DropdownList>
      </Dropdown>
    </div>
  );
}
