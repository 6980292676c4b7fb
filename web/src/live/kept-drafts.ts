/** Whose draft it is, of which line, and of what: `rule`, `setting/ST03.Program.Feed`. */
interface DraftPlace {
  readonly viewer: string;
  readonly cell: string;
  readonly name: string;
}

const PREFIX = 'verkstad.draft/';
/** What nobody came back for in a quarter is dropped. */
const OLDEST_MS = 90 * 86_400_000;

interface Kept {
  readonly value: unknown;
  readonly typedMs: number;
}

/** Drafts that this browser had no room for: they are lost when the page is left. */
const unkept = new Set<string>();

const keyOf = ({ viewer, cell, name }: DraftPlace): string => `${PREFIX}${viewer}/${cell}/${name}`;

/** Keeps a draft in this browser. False if there is no room; the page then asks before it is left. */
export function keepDraft(place: DraftPlace, value: unknown): boolean {
  const key = keyOf(place);
  try {
    localStorage.setItem(key, JSON.stringify({ value, typedMs: Date.now() }));
    unkept.delete(key);
    return true;
  } catch {
    unkept.add(key);
    return false;
  }
}

/** Forgets a draft that was sent or taken back. */
export function dropDraft(place: DraftPlace): void {
  unkept.delete(keyOf(place));
  localStorage.removeItem(keyOf(place));
}

/** A draft as it was typed last; undefined if there is none or it cannot be read any more. */
export const findDraft = (place: DraftPlace): unknown => read(keyOf(place))?.value;

function read(key: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Kept> | null;
    return typeof kept?.typedMs === 'number' ? { value: kept.value, typedMs: kept.typedMs } : undefined;
  } catch {
    return undefined;
  }
}

function dropOld(): void {
  const keys = Array.from({ length: localStorage.length }, (_, k) => localStorage.key(k) ?? '');
  for (const key of keys.filter((each) => each.startsWith(PREFIX))) {
    if ((read(key)?.typedMs ?? 0) < Date.now() - OLDEST_MS) localStorage.removeItem(key);
  }
}

dropOld();
addEventListener('beforeunload', (event) => {
  if (unkept.size > 0) event.preventDefault();
});
