import { join } from 'node:path';
import { BUILD_PATTERN } from '#contract/web-build.ts';
import { madeOfFile } from './made-of-file.ts';

/**
 * Tells which build of the web client is served: the name of its entry script, which has a digest of all that it loads.
 * Undefined while there is none. It may be built anew while the server runs, and whoever cannot load a part any more must
 * not be told of yesterday's build.
 */
export function webBuildIn(folder: string): () => string | undefined {
  return madeOfFile(join(folder, 'index.html'), (text) => BUILD_PATTERN.exec(text)?.[1]);
}
