import { seconds } from '#simulator/kernel/time.ts';
import type { Text } from './signal.ts';
import type { TimeCategory } from './time-book.ts';

/** Why a unit is as it is. The first three are those of a unit that runs; in the others it takes no parts. */
export const Reason = {
  Starved: 0,
  Executing: 1,
  Blocked: 2,
  Failed: 3,
  Repair: 4,
  Held: 5,
  Stopped: 6,
  ToolChange: 7,
  NoMaterial: 8,
  NoOperator: 9,
  Andon: 10,
  Aborted: 11,
  Holding: 12,
  Unholding: 13,
  Stopping: 14,
  Resetting: 15,
  Idle: 16,
  Starting: 17,
  Aborting: 18,
  Clearing: 19,
  Break: 20,
  Maintenance: 21,
  Changeover: 22,
  ProtectiveStop: 23,
  Waking: 24,
} as const;

export interface ReasonRow {
  readonly name: string;
  /** StateNumber of ISA-TR88.00.02 (PackML). */
  readonly packml: number;
  /** What its time counts as in ISO 22400-2. */
  readonly category: TimeCategory;
  /** Share of rated power that is drawn, and of the heat that comes with it. */
  readonly power: number;
  readonly text: Text;
}

const row = (
  name: string,
  packml: number,
  category: TimeCategory,
  power: number,
  en: string,
  sv: string,
): ReasonRow => ({ name, packml, category, power, text: { en, sv } });

/** The one table from reason to PackML state, time category and standing power, in the order of `Reason`. */
export const REASONS: readonly ReasonRow[] = [
  row('starved', 5, 'waiting', 0.35, 'Starved: waiting for a part', 'Svälter: väntar på en detalj'),
  row('executing', 6, 'producing', 1, 'Working', 'Arbetar'),
  row('blocked', 5, 'waiting', 0.4, 'Blocked: no room downstream', 'Blockerad: ingen plats nedströms'),
  row('failed', 9, 'down', 0.15, 'Failed: waiting for the crew', 'Fel: väntar på underhåll'),
  row('repair', 1, 'down', 0.1, 'Under repair', 'Repareras'),
  row('held', 11, 'delayed', 0.2, 'Held by command', 'Hållen på kommando'),
  row('stopped', 2, 'off', 0.05, 'Stopped by command', 'Stoppad på kommando'),
  row('toolChange', 11, 'setup', 0.25, 'Tool change', 'Verktygsbyte'),
  row('noMaterial', 11, 'delayed', 0.25, 'No material', 'Material saknas'),
  row('noOperator', 11, 'delayed', 0.2, 'No operator', 'Operatör saknas'),
  row('andon', 11, 'delayed', 0.2, 'Andon called', 'Andon larmad'),
  row('aborted', 9, 'down', 0.05, 'Aborted by command', 'Avbruten på kommando'),
  row('holding', 10, 'delayed', 0.3, 'Coming to a hold', 'På väg till håll'),
  row('unholding', 12, 'delayed', 0.3, 'Leaving the hold', 'Lämnar håll'),
  row('stopping', 7, 'off', 0.2, 'Stopping', 'Stoppar'),
  row('resetting', 15, 'off', 0.2, 'Resetting', 'Återställer'),
  row('idle', 4, 'off', 0.2, 'Idle: ready to start', 'Vilar: redo att starta'),
  row('starting', 3, 'delayed', 0.35, 'Starting', 'Startar'),
  row('aborting', 8, 'down', 0.2, 'Aborting', 'Avbryter'),
  row('clearing', 1, 'down', 0.1, 'Clearing', 'Rensar'),
  row('break', 11, 'off', 0.2, 'Break, or no shift', 'Rast, eller inget skift'),
  row('maintenance', 11, 'off', 0.1, 'Planned maintenance', 'Planerat underhåll'),
  row('changeover', 11, 'setup', 0.25, 'Changeover to another variant', 'Omställning till en annan variant'),
  row('protectiveStop', 11, 'delayed', 0.2, 'Protective stop: somebody is too near', 'Skyddsstopp: någon är för nära'),
  row('waking', 14, 'delayed', 0.35, 'Waking from standby', 'Vaknar ur viloläge'),
];

/** How long a passing state lasts, and where it leads; those that lead to Starved lead back to work. */
export const PASSING: Readonly<Record<number, readonly [lastsUs: number, next: number]>> = {
  [Reason.Holding]: [seconds(1.2), Reason.Held],
  [Reason.Unholding]: [seconds(1.2), Reason.Starved],
  [Reason.Stopping]: [seconds(2), Reason.Stopped],
  [Reason.Resetting]: [seconds(3), Reason.Idle],
  [Reason.Starting]: [seconds(3), Reason.Starved],
  [Reason.Aborting]: [seconds(0.8), Reason.Aborted],
  [Reason.Clearing]: [seconds(6), Reason.Stopped],
};

/** StateNumbers of ISA-TR88.00.02 that a unit can show. */
export const PACKML_STATES: Readonly<Record<number, Text>> = {
  1: { en: 'Clearing', sv: 'Rensar (Clearing)' },
  2: { en: 'Stopped', sv: 'Stoppad (Stopped)' },
  3: { en: 'Starting', sv: 'Startar (Starting)' },
  4: { en: 'Idle', sv: 'Vilar (Idle)' },
  5: { en: 'Suspended', sv: 'Väntar (Suspended)' },
  6: { en: 'Execute', sv: 'Arbetar (Execute)' },
  7: { en: 'Stopping', sv: 'Stoppar (Stopping)' },
  8: { en: 'Aborting', sv: 'Avbryter (Aborting)' },
  9: { en: 'Aborted', sv: 'Avbruten (Aborted)' },
  10: { en: 'Holding', sv: 'Går till håll (Holding)' },
  11: { en: 'Held', sv: 'Hållen (Held)' },
  12: { en: 'Unholding', sv: 'Lämnar håll (Unholding)' },
  14: { en: 'Unsuspending', sv: 'Slutar vänta (Unsuspending)' },
  15: { en: 'Resetting', sv: 'Återställer (Resetting)' },
};

/** A kind of failure of a kind of station. `code` is what `State.Reason` shows, from 100; `key` is its name in scenarios. */
export interface Fault {
  readonly code: number;
  readonly key: string;
  readonly text: Text;
  /** How often it comes, against the other faults of the station. */
  readonly weight: number;
}

export const fault = (code: number, key: string, en: string, sv: string, weight = 1): Fault => ({
  code,
  key,
  text: { en, sv },
  weight,
});
