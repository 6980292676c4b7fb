import type { Timer } from '#simulator/kernel/calendar.ts';
import { type Bound, type Fields, type ObjectField, record } from '#simulator/kernel/fields.ts';
import type { CaptureSource } from './capture.ts';
import type { CommandArgument } from './command-argument.ts';
import type { MotionSource } from './motion.ts';
import type { Plant } from './plant.ts';
import type { Signal, Text } from './signal.ts';
import type { PartHandling, PlantSite, Station, Traced } from './station.ts';

/** What a station's functions see: its own fields, and where it stands. */
export type Self<F extends Fields> = Bound<F> & { readonly plant: Plant; readonly station: Station };

/** A handler for each field that is a timer, and for no other. */
type Handlers<F extends Fields> = {
  readonly [K in keyof F]?: F[K] extends ObjectField<Timer> ? (self: Self<F>, t: number) => void : never;
};

/** What a station does when it is told to. It throws a Refusal, and changes nothing, if it cannot do so now. */
type Obey<S> = (self: S, t: number, value: unknown) => void;
export interface CommandSpec<S> {
  readonly obey: Obey<S>;
  /** Its name on a button, and after a colon what it means. */
  readonly text: Text;
  /** The value that it wants. A function if that depends on the plant around it. */
  readonly wants?: CommandArgument | ((self: S) => CommandArgument);
  /** Only a scenario may give it: a fault. Nobody else hears that it exists. */
  readonly hidden?: boolean;
}

/** A command as the plant uses it. */
export interface StationCommand {
  readonly text: Text;
  readonly hidden: boolean;
  /** Asked once the plant is complete. */
  readonly wants: () => CommandArgument | undefined;
  readonly obey: (t: number, value: unknown) => void;
}

/** A kind of station: what it remembers, how it treats parts and timers, what it shows and obeys. */
export interface StationSpec<F extends Fields> extends PartHandling<Self<F>> {
  readonly fields: F;
  /** Called once, when the station comes into the plant. */
  readonly start?: (self: Self<F>, t: number) => void;
  /** A command changed a parameter. */
  readonly changed?: (self: Self<F>, t: number) => void;
  /** What each timer does when it is due. */
  readonly on?: Handlers<F>;
  readonly commands?: Readonly<Record<string, Obey<Self<F>> | CommandSpec<Self<F>>>>;
  signals?(self: Self<F>): readonly Signal[];
  /** The carriers or vehicles whose way this station decides. */
  motion?(self: Self<F>): readonly MotionSource[];
  captures?(self: Self<F>): readonly CaptureSource[];
  /** Lot, tool, results: what its genealogy says of a part that the station has just finished. */
  trace?(self: Self<F>, part: number, t: number): Traced;
}

/** A spec as the plant uses it. */
export interface StationType {
  readonly name: string;
  create(site: PlantSite): object;
  start(self: never, t: number): void;
  changed(self: never, t: number): void;
}

export function stationType<F extends Fields>(name: string, spec: StationSpec<F>): StationType {
  const Row = record(spec.fields);
  const create = (site: PlantSite): Self<F> => {
    const { plant, station } = site;
    const row: unknown = new Row(site, { plant, station });
    const self = row as Self<F>;
    const timers = row as Record<string, Timer>;
    for (const [timer, handler] of Object.entries(spec.on ?? {})) timers[timer].connect(self, handler as never);
    for (const [name, command] of Object.entries(spec.commands ?? {})) {
      const spelt: CommandSpec<Self<F>> =
        typeof command === 'function' ? { obey: command, text: { en: name, sv: name } } : command;
      const { obey, text, wants, hidden = false } = spelt;
      station.commands.set(name, {
        ...{ text, hidden },
        wants: () => (typeof wants === 'function' ? wants(self) : wants),
        obey: (t, value) => obey(self, t, value),
      });
    }
    if (spec.offer ?? spec.room) station.partsAreHeldBy(self, spec);
    station.signals.push(...(spec.signals?.(self) ?? []));
    station.motions.push(...(spec.motion?.(self) ?? []));
    station.captures.push(...(spec.captures?.(self) ?? []));
    if (spec.trace) station.trace = (part, t) => spec.trace?.(self, part, t) ?? {};
    return self;
  };
  return { name, create, start: spec.start ?? (() => {}), changed: spec.changed ?? (() => {}) };
}
