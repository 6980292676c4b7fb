import { existsSync } from 'node:fs';

/**
 * What a worker thread starts from: beside the module of `here`, which runs from its sources, or in the bundle, whose
 * chunks lie one folder deeper.
 */
export function workerFile(here = import.meta.url, name = 'worker'): URL {
  const places = here.endsWith('.ts') ? [`./${name}-boot.mjs`] : [`./${name}.js`, `../${name}.js`];
  const found = places.map((place) => new URL(place, here)).find((url) => existsSync(url));
  if (found === undefined) throw new Error(`No ${name} beside ${here}: build the server again.`);
  return found;
}
