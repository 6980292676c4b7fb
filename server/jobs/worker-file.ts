import { existsSync } from 'node:fs';

/** What a worker thread starts from: beside the sources, or in the bundle, whose chunks lie one folder deeper. */
export function workerFile(): URL {
  const here = import.meta.url;
  const places = here.endsWith('.ts') ? ['./worker-boot.mjs'] : ['./worker.js', '../worker.js'];
  const found = places.map((place) => new URL(place, here)).find((url) => existsSync(url));
  if (found === undefined) throw new Error(`No worker beside ${here}: build the server again.`);
  return found;
}
