import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import { vi } from './vi';

export type Language = 'vi' | 'en';

/**
 * The same keys as the Vietnamese texts; a missing or surplus one does not compile. Vietnamese has one plural form,
 * so a text that counts ends in `_other` there, and English adds its `_one`.
 */
export type Texts<T = typeof vi> = {
  readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]>;
} & { readonly [K in keyof T as K extends `${infer Name}_other` ? `${Name}_one` : never]: string };

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly resources: { readonly translation: typeof vi };
    readonly returnNull: false;
  }
}

const kept = 'sealpost.language';

/** Vietnamese first; English only when the person chose it. */
export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { vi: { translation: vi } },
    lng: 'vi',
    fallbackLng: 'vi',
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = 'vi';
  if (localStorage.getItem(kept) === 'en') await chooseLanguage('en');
}

/** Changes the language of the page at once and remembers it on this computer. */
export async function chooseLanguage(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
    const { en } = await import('./en');
    i18next.addResourceBundle('en', 'translation', en);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(kept, language);
}
