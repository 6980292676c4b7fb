import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_PATTERN } from '#contract/web-build.ts';

/**
 * Tells which build of the web client is served: the name of its entry script, which has a digest of all that it loads.
 * Undefined while there is none. It may be built anew while the server runs, so it is looked at each time: that takes
 * microseconds, and whoever cannot load a part any more must not be told of yesterday's build.
 */
export function webBuildIn(folder: string): () => string | undefined {
  const page = join(folder, 'index.html');
  let writtenMs: number | undefined;
  let build: string | undefined;
  return () => {
    const mtimeMs = statSync(page, { throwIfNoEntry: false })?.mtimeMs;
    if (mtimeMs !== writtenMs) {
      writtenMs = mtimeMs;
      build = mtimeMs === undefined ? undefined : BUILD_PATTERN.exec(readFileSync(page, 'utf8'))?.[1];
    }
    return build;
  };
}
