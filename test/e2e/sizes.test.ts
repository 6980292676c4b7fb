import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const FOLDER = 'build/web';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const manifest = JSON.parse(readFileSync(join(FOLDER, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;

/** Scripts and styles that the browser loads for these modules; fonts come later and never block. */
function filesOf(modules: readonly string[], into = new Set<string>()): Set<string> {
  for (const module of modules) {
    const { file, imports = [], css = [] } = manifest[module];
    if (into.has(file)) continue;
    into.add(file);
    for (const style of css) into.add(style);
    filesOf(imports, into);
  }
  return into;
}

const kilobytes = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(FOLDER, file)), { level: 9 }).length, 0) / 1000;

const moduleEnding = (end: string): string => Object.keys(manifest).find((name) => name.endsWith(end))!;
const SHELL = ['index.html', 'src/workspace/workspace.tsx'];
/** Of the contract, what is asked and read once the shell is seen. */
const SHAPES = Object.keys(manifest).find((name) => name.startsWith('_schemas-'))!;
const SCENE_AND_MQTT = [...SHELL, SHAPES, 'src/workspace/views/scene-view.tsx', moduleEnding('mqtt/dist/mqtt.esm.js')];

test('the shell and the pictures keep within what a slow line carries', () => {
  const shell = kilobytes(filesOf(SHELL));
  const full = kilobytes(filesOf(SCENE_AND_MQTT));
  console.log(`shell ${shell.toFixed(1)} kB, with 3D and MQTT ${full.toFixed(1)} kB (gzip)`);
  expect(shell).toBeLessThan(250);
  expect(full).toBeLessThan(520);
});

test('the shell is seen before the shapes of the contract, the drawing of scenes and the client of MQTT are there', () => {
  const shell = filesOf(SHELL);
  for (const later of SCENE_AND_MQTT.slice(SHELL.length)) expect(shell).not.toContain(manifest[later].file);
});
