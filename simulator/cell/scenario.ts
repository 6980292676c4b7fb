import { Refusal } from '#simulator/kernel/refusal.ts';
import { NEVER } from '#simulator/kernel/time.ts';
import type { Effect, FaultKind } from '#simulator/plant/faults/fault-kind.ts';
import { FAULTS } from '#simulator/plant/faults/faults.ts';
import type { ScenarioCommand } from './command-log.ts';
import { ANNOUNCE, type Announcement } from './fault-targets.ts';
import type { Model } from './model.ts';
import type { FaultEntry, PlannedFault } from './planned-fault.ts';
import { MOST_TRIGGERS, Schedule, type ScheduledFault } from './schedule.ts';

/** What a scenario consists of: faults, and commands that are given at their time. */
export type ScenarioEntry = ScenarioCommand | FaultEntry;

/** Throws a Refusal that says what is wrong with a fault. */
export function getPlanned(model: Model, entry: ScenarioEntry): ScenarioCommand | PlannedFault {
  if (!('fault' in entry)) return entry;
  const wrong: string[] = [];
  const planned = model.plan(entry, (_, message) => wrong.push(message));
  if (planned) return planned;
  throw new Refusal(wrong.join(' '), 'Correct the scenario.', 'out_of_range');
}

/** The commands of a scenario. Faults end with what their parameters are in the open slab, which is that of the start. */
export function scheduleOf(model: Model, entries: readonly (ScenarioCommand | PlannedFault)[]): Schedule {
  const timed: ScenarioCommand[] = [];
  const triggered = new Map<string, ScenarioCommand[]>();
  const faults: ScheduledFault[] = [];
  for (const entry of entries) {
    if (!('fault' in entry)) {
      timed.push(entry);
      continue;
    }
    const { atUs = 0, after, forUs } = entry;
    const commands = after === undefined ? timed : (triggered.get(`${after.parts} ${after.station}`) ?? []);
    const { fault, of } = entry;
    if (after) triggered.set(`${after.parts} ${after.station}`, commands);
    const trigger = after && [...triggered.keys()].indexOf(`${after.parts} ${after.station}`);
    faults.push({ fault, of, atUs, forUs: forUs ?? NEVER, trigger });
    commands.push(...beginningOf(entry).map((effect) => ({ ...effect, at: atUs })));
    if (forUs !== undefined) {
      commands.push(...endOf(model, entry).map((effect) => ({ ...effect, at: atUs + forUs })));
    }
  }
  if (triggered.size > MOST_TRIGGERS) {
    const hint = `Give ${MOST_TRIGGERS} at most.`;
    throw new Refusal(`The scenario waits for ${triggered.size} numbers of parts.`, hint, 'out_of_range');
  }
  const commands = inOrder(timed);
  const triggers = [...triggered].map(([when, own]) => {
    const [parts, station] = when.split(' ');
    const first = commands.push(...inOrder(own)) - own.length;
    const places = own.map((_, k) => first + k);
    return { station: model.plant.getStation(station), parts: Number(parts), places };
  });
  return new Schedule(commands, timed.length, triggers, model.triggers, faults);
}

/** Why a planned fault would be refused when it begins, as far as that can be known before; tried in the open slab. */
export function tryFault({ plant, targets }: Model, fault: PlannedFault): string | undefined {
  try {
    for (const { target, value } of kindOf(fault).begins(fault.given, fault.of)) {
      const found = targets.get(target);
      if (found === undefined) {
        return `There is no parameter "${target}" that can be written.`;
      }
      plant.kernel.act(() => found.obey(0, value, undefined));
    }
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code === 'wrong_state' ? undefined : error.message;
    throw error;
  }
}

function kindOf({ fault }: PlannedFault): FaultKind {
  const kind = FAULTS.get(fault);
  if (kind === undefined) throw new Refusal(`There is no fault "${fault}".`, 'See the catalogue.', 'unknown_target');
  return kind;
}

const beginningOf = (fault: PlannedFault): readonly Effect[] => [
  ...kindOf(fault).begins(fault.given, fault.of),
  ...announced(fault, false),
];

function endOf(model: Model, fault: PlannedFault): readonly Effect[] {
  const { given, of } = fault;
  const kind = kindOf(fault);
  const undone = (): Effect[] =>
    kind.begins(given, of).map(({ target }) => ({ target, value: model.getParameter(target).read() }));
  return [...(kind.ends?.(given, of) ?? undone()), ...announced(fault, true)];
}

function announced({ fault, isHidden }: PlannedFault, isOver: boolean): Effect[] {
  const value: Announcement = { fault, isOver };
  return isHidden ? [] : [{ target: ANNOUNCE, value }];
}

/** By time; those of one instant keep their order. */
const inOrder = (commands: readonly ScenarioCommand[]): ScenarioCommand[] => commands.toSorted((a, b) => a.at - b.at);
