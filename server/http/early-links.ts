import { join } from 'node:path';
import { madeOfFile } from './made-of-file.ts';

/** Of Vite's manifest: the files of a part of the page and the parts that it imports. */
interface Part {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const PAGE = 'index.html';
const WORKSPACE = 'src/workspace/workspace.tsx';
/** Asked by its first script in any case. */
const ACCOUNT = '</api/me>; rel=preload; as=fetch; crossorigin';

/**
 * The `Link` header (RFC 8288) of the workspace's page: what its first script would ask for once it runs, so that it comes
 * along with that script. Read anew when another build is there; undefined while there is none.
 */
export function earlyLinksIn(folder: string): () => string | undefined {
  return madeOfFile(join(folder, '.vite/manifest.json'), (text) => linksOf(JSON.parse(text) as Manifest));
}

type Manifest = Readonly<Partial<Record<string, Part>>>;

function linksOf(parts: Manifest): string {
  const known = new Set(parts[PAGE]?.imports);
  const { file, imports = [], css = [] } = parts[WORKSPACE] ?? { file: undefined };
  const scripts = [file, ...imports.filter((name) => !known.has(name)).map((name) => parts[name]?.file)];
  return [
    ...scripts.flatMap((path) => (path === undefined ? [] : [`</${path}>; rel=modulepreload; crossorigin`])),
    ...css.map((path) => `</${path}>; rel=preload; as=style; crossorigin`),
    ACCOUNT,
  ].join(', ');
}
