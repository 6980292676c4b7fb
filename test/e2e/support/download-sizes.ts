import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Figure } from './figure.ts';

const FOLDER = 'build/web';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const readManifest = (): Record<string, Chunk> =>
  JSON.parse(readFileSync(join(FOLDER, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;

/** What a first visit downloads, and what the shell must not wait for, by the manifest of the build. */
export function downloadSizes(): { readonly figures: readonly Figure[]; readonly tooEarly: readonly string[] } {
  const manifest = readManifest();
  const named = (is: (name: string) => boolean): string => {
    const name = Object.keys(manifest).find(is);
    if (name === undefined) throw new Error('The build lacks a part that is measured. Build the web client first.');
    return name;
  };
  const shellParts = ['index.html', 'src/workspace/workspace.tsx'];
  const laterParts = [
    // Of the contract, what is asked and read once the shell is seen.
    named((name) => name.startsWith('_schemas-')),
    'src/workspace/views/scene-view.tsx',
    named((name) => name.endsWith('mqtt/dist/mqtt.esm.js')),
  ];
  const shell = filesOf(manifest, shellParts);
  const full = filesOf(manifest, [...shellParts, ...laterParts]);
  return {
    figures: [
      { name: 'shell, gzip', value: kilobytes(shell), budget: 250, unit: 'kB' },
      { name: 'shell, 3D and MQTT, gzip', value: kilobytes(full), budget: 520, unit: 'kB' },
    ],
    tooEarly: laterParts.map((part) => manifest[part].file).filter((file) => shell.has(file)),
  };
}

/** Scripts and styles that the browser loads for these modules; fonts come later and never block. */
function filesOf(
  manifest: Readonly<Record<string, Chunk>>,
  modules: readonly string[],
  into = new Set<string>(),
): Set<string> {
  for (const module of modules) {
    const { file, imports = [], css = [] } = manifest[module];
    if (into.has(file)) continue;
    into.add(file);
    for (const style of css) into.add(style);
    filesOf(manifest, imports, into);
  }
  return into;
}

const kilobytes = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(FOLDER, file)), { level: 9 }).length, 0) / 1000;
