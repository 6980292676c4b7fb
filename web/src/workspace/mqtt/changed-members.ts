/** A member of a JSON payload that is not what it was in the message before; undefined where it was or is missing. */
export interface ChangedMember {
  /** `values.Spindle.Load`, as it is written in the payload. */
  readonly path: string;
  readonly before: string | undefined;
  readonly now: string | undefined;
}

const MOST_MEMBERS = 500;

/** What changed between two payloads, in the order of the newer one. Undefined if either is no JSON object or list. */
export function changedMembers(before: string, now: string): ChangedMember[] | undefined {
  const [old, fresh] = [membersOf(before), membersOf(now)];
  if (!old || !fresh) return undefined;
  const paths = new Set([...fresh.keys(), ...old.keys()]);
  return [...paths]
    .filter((path) => old.get(path) !== fresh.get(path))
    .map((path) => ({ path, before: old.get(path), now: fresh.get(path) }));
}

function membersOf(payload: string): Map<string, string> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(payload);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null) return undefined;
  const members = new Map<string, string>();
  collect(json, '', members);
  return members;
}

function collect(json: object, prefix: string, into: Map<string, string>): void {
  for (const [name, value] of Object.entries(json) as [string, unknown][]) {
    if (into.size >= MOST_MEMBERS) return;
    const path = prefix + name;
    const isNested = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
    if (isNested) collect(value, `${path}.`, into);
    else into.set(path, JSON.stringify(value));
  }
}
