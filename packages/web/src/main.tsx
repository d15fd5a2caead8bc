import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import './ui/tokens.css';
import './ui/parts.css';
import './ui/mantine.css';
import './app/shell.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import ui from '@aimwell/catalog/words/en/ui.json' with { type: 'json' };
import { App } from './app/app.tsx';
import { startWords } from './ui/words.ts';

startWords(ui);
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
