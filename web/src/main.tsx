import './live/no-eval.ts';
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/surfaces.css';
import { createRoot } from 'react-dom/client';
import { App, fetchWorkspace } from './app.tsx';
import { askEarly } from './live/account.ts';
import { screenAt } from './screens.ts';

if (screenAt(location.pathname) === 'workspace') {
  askEarly();
  fetchWorkspace();
}
createRoot(document.getElementById('root')!).render(<App />);
