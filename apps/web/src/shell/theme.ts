export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const kept = 'sealpost.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

export function chosenTheme(): Theme {
  return themes.find((theme) => theme === localStorage.getItem(kept)) ?? 'system';
}

/** Puts the chosen theme on the page; "system" follows the computer, also while the page is open. */
export function applyTheme(): void {
  const theme = chosenTheme();
  const isDark = theme === 'dark' || (theme === 'system' && dark.matches);
  document.documentElement.classList.toggle('pf-v6-theme-dark', isDark);
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(kept, theme);
  applyTheme();
}

dark.addEventListener('change', applyTheme);
