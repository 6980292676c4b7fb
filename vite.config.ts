import react from '@vitejs/plugin-react';
import { readdirSync } from 'node:fs';
import { type UserConfig, defineConfig } from 'vite';

/** What the browser gets: build/web. Chunk names tell the size report which pane asked for what. */
const web: UserConfig = {
  root: 'web',
  plugins: [react()],
  build: {
    outDir: '../build/web',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // A preload helper would write inline styles and polyfills that the content security policy refuses.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // Schemas and the setting that they need before they are made stay in one chunk, in the order of their imports.
        codeSplitting: { groups: [{ name: 'schemas', test: /no-eval|server\/contract|node_modules\/zod\// }] },
      },
    },
  },
};

/** What Node runs: build/server, one bundle for each entry; everything in node_modules stays outside. */
const server: UserConfig = {
  build: {
    ssr: true,
    outDir: 'build/server',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    rolldownOptions: {
      input: ['server/cli.ts', ...workers()],
      // The engine folds constants only where they stay so: declared `const`, or written where they are used.
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', topLevelVar: false },
      optimization: { inlineConst: { mode: 'all', pass: 3 } },
    },
  },
};

/** Worker threads start from a file of their own. */
function workers(): string[] {
  return readdirSync('server/jobs')
    .filter((file) => /(^|-)worker\.ts$/.test(file))
    .map((file) => `server/jobs/${file}`);
}

/** `vite build` makes the web client, `vite build --mode server` the server. */
export default defineConfig(({ mode }) => (mode === 'server' ? server : web));
