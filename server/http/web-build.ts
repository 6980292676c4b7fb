import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_PATTERN } from '#contract/web-build.ts';

const LOOK_AGAIN_MS = 2_000;

/**
 * Tells which build of the web client is served: the name of its entry script, which has a digest of all that it loads.
 * Undefined while there is none. It may be built anew while the server runs.
 */
export function webBuildIn(folder: string): () => string | undefined {
  const page = join(folder, 'index.html');
  let lookedMs = -Infinity;
  let writtenMs: number | undefined;
  let build: string | undefined;
  return () => {
    const nowMs = performance.now();
    if (nowMs - lookedMs < LOOK_AGAIN_MS) return build;
    lookedMs = nowMs;
    const mtimeMs = statSync(page, { throwIfNoEntry: false })?.mtimeMs;
    if (mtimeMs !== writtenMs) {
      writtenMs = mtimeMs;
      build = mtimeMs === undefined ? undefined : BUILD_PATTERN.exec(readFileSync(page, 'utf8'))?.[1];
    }
    return build;
  };
}
