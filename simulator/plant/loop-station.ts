import { relaxing } from '#simulator/kernel/closed-form.ts';
import { type EventSource, event } from '#simulator/kernel/journal.ts';
import type { Fields } from '#simulator/kernel/fields.ts';
import { seconds, SECOND } from '#simulator/kernel/time.ts';
import { controlCommands } from './control-commands.ts';
import { loopLink, type LoopLink } from './loop.ts';
import { feature } from './parts.ts';
import type { Profile } from './profile.ts';
import type { Fault } from './reasons.ts';
import { held, type Signal, signal } from './signal.ts';
import { type Self, type StationSpec, type StationType, stationType } from './station-type.ts';
import { text } from './texts.ts';
import { controlSignals } from './unit-signals.ts';
import { type CycleHooks, workCycle, type WorkCycle } from './work-cycle.ts';

const NONE = 0;
const SPINS_UP_US = seconds(0.4);
const RUNS_DOWN_US = seconds(0.6);

/** What came out of a part: 0 is good, other numbers say which check found it bad. */
export const Verdict = { Good: 0, LeakTest: 1, Vision: 2 } as const;

const common = (hooks: CycleHooks) => ({
  cycle: workCycle({ ...hooks, driven }),
  /** 1 while its drives turn, 0 when they rest: what spindles, pumps and fans follow. */
  drive: relaxing(),
  /** With the serial number of the part: it has been worked on here, as `trace` tells. */
  partDone: event('PartDone'),
  loop: loopLink(),
  variant: feature('variant'),
  verdict: feature('verdict'),
});
type Common = ReturnType<typeof common>;
type LoopSelf<F extends Fields> = Self<F & Common>;

/** What a kind of station on a loop adds to the cycle that all of them share. A carrier stays at its stop while it works. */
export interface LoopSpec<F extends Fields> extends Omit<StationSpec<F & Common>, 'fields' | 'offer' | 'room'> {
  readonly fields: F;
  readonly faults: readonly Fault[];
  /** Power over a cycle, as a share of the rated power. */
  readonly load: Profile;
  /** Whether it has anything to do for a carrier; without it, for every part that is not scrap. */
  readonly wants?: (self: LoopSelf<F>, part: number, carrier: number) => boolean;
  /** `Reason.Executing`, or what it waits for before it begins. */
  readonly ready?: (self: LoopSelf<F>, part: number, t: number) => number;
  readonly workUs?: (self: LoopSelf<F>, part: number, drawnUs: number) => number;
  readonly begun?: (self: LoopSelf<F>, part: number, t: number) => void;
  readonly completed?: (self: LoopSelf<F>, part: number, t: number, carrier: number) => void;
}

interface LoopStation {
  readonly cycle: WorkCycle;
  readonly drive: { aimFor(target: number, tauUs: number, t: number): void };
  readonly loop: LoopLink;
  readonly verdict: { of(part: number): number };
  readonly partDone: EventSource;
}

function driven(self: never, isWorking: boolean, t: number): void {
  const { drive } = self as LoopStation;
  drive.aimFor(isWorking ? 1 : 0, isWorking ? SPINS_UP_US : RUNS_DOWN_US, t);
}

function wantsGoodParts({ verdict }: LoopStation, part: number): boolean {
  return part !== NONE && verdict.of(part) === 0;
}

/** Turns what a spec says about parts into what a cycle asks about carriers. */
function hooksOf<F extends Fields>(spec: LoopSpec<F>): CycleHooks {
  const { faults, load } = spec;
  const completed = spec.completed as
    ((self: LoopStation, part: number, t: number, carrier: number) => void) | undefined;
  const wants = (spec.wants ?? wantsGoodParts) as (self: LoopStation, part: number, carrier: number) => boolean;
  const translate = <H>(hook: unknown): H | undefined => {
    if (hook === undefined) return undefined;
    const ofPart = hook as (...all: unknown[]) => unknown;
    const ofCarrier = (self: LoopStation, carrier: number, more: number) =>
      ofPart(self, self.loop.partOn(carrier), more, carrier);
    return ofCarrier as H;
  };
  return {
    faults,
    load,
    wants: (self: LoopStation, carrier: number) => wants(self, self.loop.partOn(carrier), carrier),
    ready: translate<CycleHooks['ready']>(spec.ready),
    workUs: translate<CycleHooks['workUs']>(spec.workUs),
    begun: translate<CycleHooks['begun']>(spec.begun),
    completed(self: LoopStation, carrier: number, t: number) {
      const given = self.loop.partOn(carrier);
      completed?.(self, given, t, carrier);
      const part = given === NONE ? self.loop.partOn(carrier) : given;
      self.partDone.raise(t, self.cycle.parts.serial(part));
    },
  };
}

export function loopStation<F extends Fields>(name: string, spec: LoopSpec<F>): StationType {
  const { start, changed, on, commands, signals, motion, captures, trace } = spec as unknown as LoopSpec<Fields>;
  const fields: Common & Fields = { ...common(hooksOf(spec)), ...spec.fields };
  return stationType(name, {
    fields,
    start(s, t) {
      s.cycle.start(t);
      start?.(s, t);
    },
    changed(s, t) {
      s.cycle.adjust(t);
      changed?.(s, t);
    },
    on: on as object,
    commands: { ...controlCommands((s: Self<Common>) => s.cycle.control), ...commands },
    signals: (s) => [...stopSignals(s), ...(signals?.(s) ?? [])],
    ...(motion && { motion }),
    ...(captures && { captures }),
    trace: (s, part, t) => ({ carrier: s.cycle.part, ...trace?.(s, part, t) }),
  });
}

function stopSignals({ cycle, loop, station }: Self<Common>): Signal[] {
  const part = () => loop.partOn(cycle.part);
  return [
    ...controlSignals(cycle.control, station),
    held('Counter.Parts', '1', () => cycle.made, {
      ...text('Parts worked on since the start', 'Bearbetade detaljer sedan start'),
      range: [0, 1e7],
    }),
    held('Cycle.Time', 's', () => cycle.lastCycleUs / SECOND, {
      ...text('Last cycle, from arrival to done', 'Senaste cykel, från ankomst till klar'),
      type: 'Double',
      resolution: 0.01,
      range: [0, 86_400],
    }),
    signal('Cycle.Progress', '%', (t) => 100 * cycle.progress(t), {
      ...text('How much of the cycle is done', 'Hur stor del av cykeln som är klar'),
      range: [0, 100],
      resolution: 0.1,
      restarts: true,
    }),
    held('Carrier.Id', '1', () => cycle.part, {
      ...text('Carrier at the stop, read by RFID; 0 is none', 'Bärare vid stoppet, läst med RFID; 0 är ingen'),
      range: [0, 250],
    }),
    held('Part.Serial', '1', () => (part() === NONE ? 0 : cycle.parts.serial(part())), {
      ...text('Serial number of the part at the stop; 0 is none', 'Serienummer för detaljen vid stoppet; 0 är ingen'),
      range: [0, 4e9],
    }),
  ];
}
