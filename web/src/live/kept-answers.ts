/** An answer that the server does not have yet. */
export interface Unsent {
  readonly text: string;
  /** By the server's clock, ms since 1970: what was typed later wins. */
  readonly typedMs: number;
}

/** One field of an attempt. */
export interface FieldPlace {
  readonly attempt: string;
  readonly step: string;
  readonly ask: string;
}

const PREFIX = 'verkstad.answer/';
/** What nobody came back for in a quarter belongs to nobody any more. */
const OLDEST_MS = 90 * 86_400_000;
/** What is not of a field could never be sent. */
const PLACE = /^[^/]+\/[^/]+\/[^/]+$/;

export const keyOf = ({ attempt, step, ask }: FieldPlace): string => `${attempt}/${step}/${ask}`;

export function placeOf(key: string): FieldPlace {
  const [attempt, step, ask] = key.split('/');
  return { attempt, step, ask };
}

/** Keeps an answer in this browser until it is sent. False if there is no room. */
export function keep(key: string, unsent: Unsent): boolean {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(unsent));
    return true;
  } catch {
    return false;
  }
}

/** Drops what is kept of a field, unless something later was typed in another tab. */
export function drop(key: string, { typedMs }: Unsent): void {
  const kept = read(key);
  if (kept && kept.typedMs > typedMs) return;
  localStorage.removeItem(PREFIX + key);
}

/** All that is kept, also of other attempts. What is old, or cannot be read any more, is removed. */
export function allKept(): Map<string, Unsent> {
  const found = new Map<string, Unsent>();
  const names = Array.from({ length: localStorage.length }, (_, k) => localStorage.key(k) ?? '');
  for (const name of names.filter((one) => one.startsWith(PREFIX))) {
    const key = name.slice(PREFIX.length);
    const kept = PLACE.test(key) ? read(key) : undefined;
    if (kept && kept.typedMs > Date.now() - OLDEST_MS) found.set(key, kept);
    else localStorage.removeItem(name);
  }
  return found;
}

function read(key: string): Unsent | undefined {
  try {
    const { text, typedMs } = JSON.parse(localStorage.getItem(PREFIX + key) ?? '{}') as Partial<Unsent>;
    return typeof text === 'string' && typeof typedMs === 'number' ? { text, typedMs } : undefined;
  } catch {
    return undefined;
  }
}
