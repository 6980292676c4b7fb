import react from '@vitejs/plugin-react';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Plugin, type UserConfig, defineConfig } from 'vite';

/** Packs scripts and styles once, beside themselves; the server sends what the browser takes. */
const packAssets: Plugin = {
  name: 'pack-assets',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const files = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css)$/.test(name));
    await Promise.all(
      files.map(async (name) => {
        const file = join(dir, name);
        const bytes = await readFile(file);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
        const [gz, br] = await Promise.all([
          promisify(gzip)(bytes, { level: 9 }),
          promisify(brotliCompress)(bytes, { params }),
        ]);
        await Promise.all([writeFile(`${file}.gz`, gz), writeFile(`${file}.br`, br)]);
      }),
    );
  },
};

/** Shapes of the contract come beside what is seen first, and are made once the first answer is to be read by them. */
const fetchShapes: Plugin = {
  name: 'fetch-shapes',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const file = Object.keys(bundle).find((name) => /\/schemas-[\w-]+\.js$/.test(name));
      if (file === undefined) throw new Error('There is no chunk of schemas: see codeSplitting below.');
      const attrs = { rel: 'modulepreload', crossorigin: true, fetchpriority: 'low', href: `/${file}` };
      return [{ tag: 'link', attrs, injectTo: 'head' }];
    },
  },
};

/** What the browser gets: build/web. Chunk names tell the size report which pane asked for what. */
const web: UserConfig = {
  root: 'web',
  plugins: [react(), packAssets, fetchShapes],
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
        // Schemas, which take long to make, are one chunk that nothing waits for which is seen first.
        // What nearly all parts share is one chunk: a browser asks for six files at a time, and each round costs the way there.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /web\/src\/(live|i18n|ui)\/(?!editor-look)[\w-]+\.tsx?$|contract\/(web-build|topic|longest-typed)\.ts$/,
              priority: 2,
            },
            // What the workspace shares with its panes comes with it, in one file.
            {
              name: 'desk',
              test: /web\/src\/workspace\/(selection|form-fields|inspector\/(value-field|typed-value))\.tsx?$|\/Tabs\.mjs$/,
              priority: 2,
            },
            { name: 'schemas', test: /server\/contract|node_modules\/zod\//, priority: 1 },
          ],
        },
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
  return ['server/jobs', 'server/labs/prove'].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => /(^|-)worker\.ts$/.test(file))
      .map((file) => `${folder}/${file}`),
  );
}

/** `vite build` makes the web client, `vite build --mode server` the server. */
export default defineConfig(({ mode }) => (mode === 'server' ? server : web));
