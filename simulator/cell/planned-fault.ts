import { z } from 'zod';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import type { FaultKind, FaultParameter } from '#simulator/plant/faults/fault-kind.ts';
import { FAULTS } from '#simulator/plant/faults/faults.ts';
import { findDurationUs } from './plant-time.ts';

/**
 * A fault in a scenario, as it is written: `{ fault: tool-wear, station: ST03, at: Mon 08:00, for: 2 h, factor: 4 }`.
 * It begins at a plant time, or after a number of parts: `after: 25 parts at ST03`. Nobody is told unless `hidden: false`.
 */
export const FaultEntry = z.looseObject({
  fault: z.string(),
  station: z.string().optional(),
  signal: z.string().optional(),
  at: z.union([z.string(), z.number()]).optional(),
  after: z.string().optional(),
  for: z.union([z.string(), z.number()]).optional(),
  hidden: z.boolean().default(true),
});
export type FaultEntry = z.infer<typeof FaultEntry>;

/** The same, checked and in microseconds since the start. It goes into storage as JSON. */
export interface PlannedFault {
  readonly fault: string;
  /** Path of the station or of the signal. */
  readonly of: string;
  readonly atUs?: number;
  readonly after?: { readonly parts: number; readonly station: string };
  readonly forUs?: number;
  readonly isHidden: boolean;
  readonly given: Readonly<Record<string, unknown>>;
}

/** What a fault may be planned in. */
export interface FaultPlace {
  /** Types of its stations, by path. */
  readonly types: ReadonlyMap<string, string>;
  readonly signals: Iterable<string>;
  /** Stations whose parts are counted. */
  readonly counting: readonly string[];
}

/** One thing that is wrong with an entry, and at which of its keys. */
export type FaultTell = (key: string, message: string) => void;

/** Undefined if it cannot be planned, and why has been told. `atOf` reads a plant time, in microseconds since the start. */
export function planFault(
  entry: FaultEntry,
  place: FaultPlace,
  atOf: (text: string | number) => number | undefined,
  tell: FaultTell,
): PlannedFault | undefined {
  let isRight = true;
  const wrong: FaultTell = (key, message) => {
    isRight = false;
    tell(key, message);
  };
  const { fault, station, signal, at, after, for: lasts, hidden, ...more } = entry;
  const kind = FAULTS.get(fault);
  if (kind === undefined) {
    wrong('fault', `There is no fault "${fault}".${didYouMean(fault, FAULTS.keys())}`);
    return undefined;
  }
  const of =
    kind.isOfSignal === true ? checkSignal(kind, entry, place, wrong) : checkStation(kind, entry, place, wrong);
  const atUs = at === undefined ? undefined : atOf(at);
  if (at !== undefined && atUs === undefined) wrong('at', `"${at}" is no plant time. Give one such as "Mon 08:00".`);
  const trigger = after === undefined ? undefined : triggerOf(after, place, wrong);
  if ((at === undefined) === (after === undefined)) {
    const message = 'Give either "at", such as "Mon 08:00", or "after", such as "25 parts at ST03".';
    wrong(at === undefined ? 'fault' : 'after', message);
  }
  const forUs = lasts === undefined ? undefined : findDurationUs(String(lasts));
  if (lasts !== undefined && kind.isInstant === true) wrong('for', `"${fault}" happens once: leave out "for".`);
  if (lasts !== undefined && !((forUs ?? 0) > 0)) wrong('for', `"${lasts}" is no duration. Give one such as "20 min".`);
  const given = checkParameters(kind, more, wrong);
  if (!isRight || of === undefined) return undefined;
  return {
    ...{ fault, of, isHidden: hidden, given },
    ...(atUs !== undefined && { atUs }),
    ...(trigger && { after: trigger }),
    ...(forUs !== undefined && { forUs }),
  };
}

function checkStation(kind: FaultKind, entry: FaultEntry, place: FaultPlace, wrong: FaultTell): string | undefined {
  const { station, signal } = entry;
  if (signal !== undefined) wrong('signal', `"${kind.id}" is of a station: give "station" instead.`);
  const { stations } = kind;
  const fitting = [...place.types].flatMap(([path, type]) => (stations?.includes(type) === false ? [] : path));
  const known = fitting.length > 0 ? `It can be of ${fitting.join(', ')}.` : 'No station here can have it.';
  const type = station === undefined ? undefined : place.types.get(station);
  if (station === undefined) wrong('fault', `"${kind.id}" needs a station. ${known}`);
  else if (type === undefined)
    wrong('station', `There is no station "${station}".${didYouMean(station, place.types.keys())} ${known}`);
  else if (!fitting.includes(station)) wrong('station', `${station} is a ${type} and has no "${kind.id}". ${known}`);
  return station;
}

function checkSignal(kind: FaultKind, entry: FaultEntry, place: FaultPlace, wrong: FaultTell): string | undefined {
  const { station, signal } = entry;
  if (station !== undefined) wrong('station', `"${kind.id}" is of a signal: give "signal" instead.`);
  const known = [...place.signals];
  if (signal === undefined) wrong('fault', `"${kind.id}" needs a signal, such as ${known[0]}.`);
  else if (!known.includes(signal)) wrong('signal', `There is no signal "${signal}".${didYouMean(signal, known)}`);
  return signal;
}

function triggerOf(after: string, { counting }: FaultPlace, wrong: FaultTell) {
  const [, parts, station] = /^(\d{1,7}) parts? at ([A-Za-z0-9]+)$/.exec(after) ?? [];
  if (parts === undefined || Number(parts) === 0) {
    wrong('after', `"${after}" is no number of parts. Give one such as "25 parts at ST03".`);
    return undefined;
  }
  if (!counting.includes(station)) {
    const hint = counting.length > 0 ? ` There are ${counting.join(', ')}.` : '';
    wrong('after', `"${station}" is no station that counts parts.${hint}`);
  }
  return { parts: Number(parts), station };
}

function checkParameters(kind: FaultKind, more: Readonly<Record<string, unknown>>, wrong: FaultTell) {
  const names = Object.keys(kind.parameters);
  for (const key of Object.keys(more)) {
    if (names.includes(key)) continue;
    const hint = names.length > 0 ? `It has ${names.join(', ')}.` : 'It has none.';
    wrong(key, `"${kind.id}" has no parameter "${key}".${didYouMean(key, names)} ${hint}`);
  }
  return Object.fromEntries(
    Object.entries(kind.parameters).map(([name, parameter]) => {
      const value = more[name] ?? parameter.fallback;
      if (value === undefined) wrong('fault', `"${kind.id}" needs "${name}". Give ${wanted(parameter)}.`);
      else if (!isFitting(parameter, value)) {
        wrong(name, `${JSON.stringify(value)} is no value for "${name}". Give ${wanted(parameter)}.`);
      }
      return [name, value];
    }),
  );
}

function isFitting({ range, choices }: FaultParameter, value: unknown): boolean {
  if (choices) return choices.some((each) => each === value);
  return range === undefined || (typeof value === 'number' && value >= range[0] && value <= range[1]);
}

function wanted({ range, choices, unit, text }: FaultParameter): string {
  if (choices) return `one of ${choices.join(', ')}`;
  return range ? `a number from ${range[0]} to ${range[1]} ${unit === '1' ? '' : unit}`.trim() : text.en.toLowerCase();
}
