import { fitsGlob } from '#contract/glob.ts';
import { AppError } from '#server/errors.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { AlarmFacts } from '#simulator/rules/alarm-facts.ts';
import { alarmListsOf } from '#simulator/rules/alarms.ts';
import type { Occurrence } from './occurrence.ts';

/**
 * What a cell does not show, because a lab wants it to be worked out: paths and globs of signals, captures, events and
 * alarms. What would tell a concealed signal by another name goes with it: the alarms that watch it, with their states
 * and events, the counts of alarms, and the changes of a state.
 */
export class Concealed {
  /** Globs as they were given, and the names that follow from them. */
  private readonly names: readonly string[];
  private readonly paths: ReadonlySet<string>;
  private readonly indices: ReadonlySet<number>;
  private readonly alarmNames: readonly HiddenAlarm[];

  constructor(model: Model, globs: readonly string[]) {
    this.alarmNames = globs.length > 0 ? alarmsBehind(model, globs) : [];
    this.names = [...globs, ...this.alarmNames.flatMap(namesOf), ...changesBehind(model, globs)];
    const hides = (path: string) => fitsAny(this.names, path);
    this.indices = new Set(model.signals.flatMap(({ path, index }) => (hides(path) ? [index] : [])));
    const events = model.plant.kernel.journal.events.map(({ path }) => path);
    const all = [...model.signals.map(({ path }) => path), ...model.captures.keys(), ...events];
    this.paths = new Set(globs.length > 0 ? all.filter(hides) : []);
  }

  hides(path: string): boolean {
    return this.paths.has(path);
  }

  hidesSignal(index: number): boolean {
    return this.indices.has(index);
  }

  hidesAlarm(alarm: AlarmNames): boolean {
    return isAboutHidden(this.names, alarm);
  }

  hidesOccurrence(occurrence: Pick<Occurrence, 'event' | 'alarm'>): boolean {
    return this.names.length > 0 && isUntold(this.names, occurrence);
  }

  /** A concealed signal looks on every door as one whose device does not answer. */
  sample({ tUs }: Sample): Sample {
    return { tUs, value: 0, status: 'BadNoCommunication' };
  }

  /** Throws if any of these is concealed. */
  refuse(paths: Iterable<string>): void {
    for (const path of paths) if (this.paths.has(path)) throw refusal(path);
  }

  /** Throws if the cell conceals anything, for doors whose answer holds a bit of everything. */
  refuseAll(pane: string): void {
    const [first] = this.paths;
    if (first !== undefined || this.names.includes(pane)) throw refusal(first ?? pane);
  }

  /** All that is concealed, by name: signals, captures and events. */
  get all(): readonly string[] {
    return [...this.paths];
  }

  /** The same as globs, alarms too: for `isUntold`. */
  get untold(): readonly string[] {
    return this.names;
  }

  /** Throws if the lab does without a pane, such as `pane.data`. */
  refusePane(pane: string): void {
    if (fitsAny(this.names, pane)) throw refusal(pane);
  }

  /** The first concealed path that a text names, such as a rule that would read it. */
  findIn(text: string): string | undefined {
    return [...this.paths].find((path) => text.includes(path));
  }

  /** The concealed alarm or path that a command is about. */
  findInCommand(target: string, value: unknown): string | undefined {
    const text = JSON.stringify(value) ?? '';
    const alarm = this.alarmNames.find(
      ({ station, id }) => target.startsWith(`${station}.`) && new RegExp(`\\b${id}\\b`).test(text),
    );
    return alarm ? `${alarm.station}.${alarm.id}` : this.findIn(text);
  }
}

interface HiddenAlarm {
  readonly station: string;
  readonly id: string;
}

const fitsAny = (globs: readonly string[], path: string): boolean => globs.some((glob) => fitsGlob(path, glob));

/** Alarms of the definition that are concealed, or that watch what is; those of participants cannot come to be. */
const alarmsBehind = ({ plant }: Model, globs: readonly string[]): HiddenAlarm[] =>
  alarmListsOf(plant).flatMap(({ path: station, alarms }) =>
    alarms.flatMap((alarm) => {
      if (!alarm.isOfDefinition) return [];
      const { id, signal, setpoint } = alarm.plan;
      return isAboutHidden(globs, { path: `${station}.${id}`, signal, setpoint }) ? [{ station, id }] : [];
    }),
  );

const namesOf = ({ station, id }: HiddenAlarm): string[] =>
  ['', '.State'].map((end) => `${station}.${id}${end}`).concat(`${station}.Active`, `${station}.Unacknowledged`);

/** A state that is not shown does not change for all to hear either. */
const changesBehind = ({ signals }: Model, globs: readonly string[]): string[] =>
  signals.flatMap(({ path, station }) =>
    path === `${station}.State.Current` && fitsAny(globs, path) ? [`${station}.StateChanged`] : [],
  );

type AlarmNames = Pick<AlarmFacts, 'path' | 'signal' | 'setpoint'>;

const isAboutHidden = (globs: readonly string[], alarm: AlarmNames): boolean =>
  [alarm.path, alarm.signal, alarm.setpoint].some((name) => typeof name === 'string' && fitsAny(globs, name));

/** Whether something that happened is told to nobody: its event, or the alarm that it is about, is concealed. */
export const isUntold = (globs: readonly string[], { event, alarm }: Pick<Occurrence, 'event' | 'alarm'>): boolean =>
  fitsAny(globs, event) || (alarm !== undefined && isAboutHidden(globs, alarm));

export const concealment = (path: string): string => `This lab does not show ${path}.`;

const refusal = (path: string): AppError =>
  new AppError('concealed', concealment(path), 'Work it out from other signals.', 403);
