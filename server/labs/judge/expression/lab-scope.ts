import type { Facts } from '#contract/facts.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { evaluate, type Scope } from './evaluate.ts';
import { callFunction } from './functions.ts';
import { NotYet, type Value } from './value.ts';

/** When something is: seconds of plant time since the start, or an expression that comes to them. */
export type Instant = number | string;

/** A named stretch of plant time; its end is an instant, or so many parts done at a station after its beginning. */
export type LabWindow =
  | { readonly from: Instant; readonly to: Instant }
  | { readonly from: Instant; readonly parts: string; readonly at: string };

/** What a lab says beside its checks. All plain data: it goes to workers. */
export interface LabNames {
  readonly windows: Readonly<Record<string, LabWindow>>;
  /** CEL, by name; one may use the others. */
  readonly derive: Readonly<Record<string, string>>;
}
export const NO_NAMES: LabNames = { windows: {}, derive: {} };

/**
 * The scope of a lab's expressions over the facts of an attempt. `more` are names that only some expressions know. What
 * is derived is remembered with the facts.
 */
export function labScope(facts: Facts, names: LabNames, more: Readonly<Record<string, Value>> = {}): Scope {
  const open = new Set<string>();
  const once = <T>(name: string, find: () => T): T => {
    if (open.has(name)) throw new Error(`"${name}" is derived from itself.`);
    open.add(name);
    try {
      return find();
    } finally {
      open.delete(name);
    }
  };
  const scope: Scope = {
    find(name) {
      if (Object.hasOwn(more, name)) return more[name];
      if (Object.hasOwn(facts.drawn, name)) return facts.drawn[name];
      if (Object.hasOwn(names.derive, name))
        return once(name, () => facts.keep(`derive ${name}`, () => evaluate(names.derive[name], scope)));
      if (Object.hasOwn(names.windows, name)) return once(name, () => windowOf(names.windows[name], scope, facts));
      return name === 'now' ? facts.nowUs / SECOND : name === 'start' ? 0 : undefined;
    },
    sample: (path) => {
      const at = { fromUs: facts.nowUs, toUs: facts.nowUs };
      return facts.keep(`value ${path} ${facts.nowUs}`, () => facts.signal(path, at)[0]?.value ?? NaN);
    },
    call: (name, args, inner) => callFunction(facts, name, args, inner),
  };
  return scope;
}

/** `{from, to}` in seconds. One that is counted in parts has no end before they are done. */
export function windowOf(window: LabWindow, scope: Scope, facts: Facts): Value {
  const from = instantOf(window.from, scope);
  if ('to' in window) return { from, to: instantOf(window.to, scope) };
  const parts = Number(evaluate(window.parts, scope));
  const to = partAt(facts, window.at, from, parts);
  return { from, to };
}

export const instantOf = (at: Instant, scope: Scope): number =>
  typeof at === 'number' ? at : Number(evaluate(at, scope));

/** When the nth part after an instant was done at a station, in seconds. */
function partAt(facts: Facts, station: string, fromS: number, nth: number): number {
  const found = facts.keep(`part ${nth} at ${station} from ${fromS}`, () => {
    const over = { fromUs: Math.round(fromS * SECOND), toUs: facts.nowUs };
    if (over.fromUs >= over.toUs) return 'not yet';
    return facts.events(`${station}.PartDone`, over)[nth - 1]?.t ?? 'not yet';
  });
  if (typeof found === 'number') return found / SECOND;
  throw new NotYet();
}
