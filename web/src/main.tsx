import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { App } from './app.tsx';

// Compiled validators need `eval`, which the content security policy refuses.
config({ jitless: true });

createRoot(document.getElementById('root')!).render(<App />);
