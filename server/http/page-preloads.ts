import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What of Vite's manifest tells which files a part of the client needs. */
const Manifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    imports: z.array(z.string()).default([]),
    css: z.array(z.string()).default([]),
  }),
);
type Manifest = z.infer<typeof Manifest>;

const WORKSPACE = 'src/workspace/workspace.tsx';
/** Its first question: the answer is there by the time it is asked. */
const WHO = '</api/me>; rel=preload; as=fetch; crossorigin';

/**
 * The `Link` header (RFC 8288) of the page of the workspace: its code and first question, which the browser fetches while
 * it still reads the code of all pages, and not once that has run. Undefined where the client is not built.
 */
export function workspacePreloadsIn(folder: string): () => string | undefined {
  const path = join(folder, '.vite/manifest.json');
  let writtenMs: number | undefined;
  let links: string | undefined;
  return () => {
    const mtimeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (mtimeMs !== writtenMs) {
      writtenMs = mtimeMs;
      links = mtimeMs === undefined ? undefined : linksOf(Manifest.parse(JSON.parse(readFileSync(path, 'utf8'))));
    }
    return links;
  };
}

function linksOf(manifest: Manifest): string {
  const shell = partsOf(manifest, ['index.html']);
  const names = [...partsOf(manifest, [WORKSPACE])].filter((name) => !shell.has(name));
  const parts = names.map((name) => manifest[name]);
  return [
    WHO,
    ...parts.map(({ file }) => `</${file}>; rel=modulepreload`),
    ...parts.flatMap(({ css }) => css.map((sheet) => `</${sheet}>; rel=preload; as=style`)),
  ].join(', ');
}

/** Some parts and all that they import at once. */
function partsOf(manifest: Manifest, names: readonly string[], found = new Set<string>()): Set<string> {
  for (const name of names) {
    if (found.has(name) || !(name in manifest)) continue;
    found.add(name);
    partsOf(manifest, manifest[name].imports, found);
  }
  return found;
}
