import '@patternfly/react-core/dist/styles/base.css';
import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/500.css';
import '@fontsource/be-vietnam-pro/700.css';
import './sealpost.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app';
import { startLanguage } from './i18n';
import { applyTheme } from './shell/theme';

const place = document.getElementById('page');
if (!place) throw new Error('index.html has no #page');
applyTheme();
void startLanguage().then(() => {
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
