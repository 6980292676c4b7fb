import { type Parameter, Settings } from '#simulator/kernel/fields.ts';
import type { Slab } from '#simulator/kernel/memory.ts';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import type { CaptureSource } from '#simulator/plant/capture.ts';
import { Plant } from '#simulator/plant/plant.ts';
import type { Text } from '#simulator/plant/signal.ts';
import type { StationType } from '#simulator/plant/station-type.ts';
import { type PlantSecurity, securityOf } from '#simulator/plant/security/security-of.ts';
import { stationTypes } from '#simulator/plant/station-types.ts';
import type { Station } from '#simulator/plant/station.ts';
import { Way } from '#simulator/plant/way.ts';
import { alarmListsOf, alarms } from '#simulator/rules/alarms.ts';
import type { CommandSource } from '#simulator/rules/command-source.ts';
import type { RuleBook } from '#simulator/rules/rule-book.ts';
import { ruleBookOf, rules } from '#simulator/rules/rules.ts';
import { agreementsOf, contradictionOf } from './agreements.ts';
import {
  type Definition,
  type DefinitionInput,
  hashOf,
  parseDefinition,
  type StationDefinition,
} from './definition.ts';
import { Distortions } from './distortions.ts';
import { faultTargets } from './fault-targets.ts';
import { intrusionTargets } from './intrusion-targets.ts';
import { lineSignals } from './line-signals.ts';
import { type FaultEntry, type FaultPlace, type FaultTell, planFault, type PlannedFault } from './planned-fault.ts';
import { anchorMs, getDurationUs, getStart, sinceMondayUs, sinceStartUs } from './plant-time.ts';
import { DefinitionError, type Problem } from './problem.ts';
import type { Sample } from './sample.ts';
import { type CellSignal, cellSignal, sampleAt } from './sampling.ts';
import { signalReader } from './signal-reader.ts';
import { tryFault } from './scenario.ts';
import { MOST_TRIGGERS, Triggers } from './schedule.ts';
import { type Target, targetsOf } from './targets.ts';

/** Every kind of station that a definition may name. */
const knownTypes: ReadonlyMap<string, StationType> = new Map([
  ...stationTypes,
  ...[alarms, rules].map((type) => [type.name, type] as const),
]);

/** What a model knows of a station beside its signals and targets. */
export interface ModelStation extends Pick<StationDefinition, 'at' | 'size' | 'stop'> {
  readonly id: string;
  readonly type: string;
  readonly title: Text;
}

/** A definition that is ready to run. It holds no state of any cell: cells of one model share it. */
export class Model {
  readonly definition: Definition;
  /** Plant time at which its cells are handed over. */
  readonly openUs: number;
  readonly definitionHash: string;
  readonly plant: Plant;
  readonly stations: readonly ModelStation[];
  /** All signals: those of the stations in the order of the definition, then those of the line. */
  readonly signals: readonly CellSignal[];
  /** What may be commanded, by path: commands of stations, and parameters, which take a value. */
  readonly targets: ReadonlyMap<string, Target>;
  /** What may be taken on demand, by path: `ST03.Spindle.VibrationWaveform`. */
  readonly captures: ReadonlyMap<string, CaptureSource>;
  readonly ways: ReadonlyMap<string, Way>;
  /** What its cells hold of rules, if the definition has a station for them. */
  readonly rules: RuleBook | undefined;
  /** What looks things up in the commands of the cell whose slab is open. */
  readonly commandReaders: readonly { commands: CommandSource }[];
  /** Who may come in and do what, if the definition has a station for it. */
  readonly security: PlantSecurity | undefined;
  /** What sensors make of the truth in the open slab. */
  readonly distortions: Distortions;
  /** How far the open slab has got in its scenario. */
  readonly triggers: Triggers;
  /** Faults that every cell of it meets. */
  readonly scenario: readonly PlannedFault[];
  private readonly faultPlace: FaultPlace;
  /** What the definition sets its parameters to, by path. */
  readonly defaults: ReadonlyMap<string, unknown>;
  /** A slab as it is before the first event and before a seed is known. */
  readonly blank: Slab;
  private readonly signalIndex: ReadonlyMap<string, number>;

  /** Throws a DefinitionError that names everything that is wrong. */
  constructor(given: DefinitionInput) {
    const definition = parseDefinition(given);
    this.definition = definition;
    const problems: Problem[] = [];
    this.definitionHash = hashOf(definition);
    this.openUs = getDurationUs(definition.open);
    this.ways = waysOf(definition, problems);
    this.plant = new Plant(definition.parts, this.ways, sinceMondayUs(getStart(definition.start)));
    const { kernel } = this.plant;
    const entries = Object.entries(definition.stations);
    const built = entries.map(([id, station]) => kernel.attempt(() => this.add(id, station)));
    problems.push(...entries.flatMap(([id, { to }]) => unknownTargets(id, to, definition)));
    if (built.every(Boolean)) {
      for (const [id, { to = {} }] of entries) kernel.attempt(() => this.connect(this.plant.getStation(id), to));
      this.plant.complete();
    }
    this.distortions = new Distortions(kernel.site('distortions'));
    this.triggers = new Triggers(kernel.site('triggers'));
    this.blank = kernel.blank();
    if (kernel.problems.length === 0) kernel.problems.push(...contradictions(kernel.parameters));
    this.defaults = new Map([...kernel.parameters].map(([path, { read }]) => [path, read()]));
    problems.push(...kernel.problems.map(problemOf));
    if (problems.length > 0) throw new DefinitionError(problems);

    this.stations = entries.map(([id, { type, title = { en: id, sv: id }, at, size, stop }]) => ({
      ...{ id, type, title },
      ...{ ...(at && { at }), ...(size && { size }), ...(stop && { stop }) },
    }));
    this.signals = signalsOf(this.plant);
    this.signalIndex = new Map(this.signals.map(({ path, index }) => [path, index]));
    this.targets = new Map([
      ...targetsOf(this.plant),
      ...faultTargets(this.plant, this.signals, this.distortions).map((target) => [target.path, target] as const),
      ...intrusionTargets(this.plant).map((target) => [target.path, target] as const),
    ]);
    this.security = securityOf(this.plant);
    this.security?.connect(this.targets.values());
    this.captures = capturesOf(this.plant);
    this.rules = ruleBookOf(this.plant);
    const reader = signalReader(this);
    this.rules?.connect({ signals: reader, targets: this.targets });
    const alarmLists = alarmListsOf(this.plant);
    this.commandReaders = [this.rules ?? [], alarmLists].flat();
    for (const list of alarmLists) {
      if (!kernel.attempt(() => list.connect(reader))) problems.push(problemOf(kernel.problems.at(-1)!));
    }
    this.faultPlace = {
      types: new Map(this.stations.map(({ id, type }) => [id, type])),
      signals: this.signals.map(({ path }) => path),
      counting: [...this.plant.stations.values()].filter((s) => s.production && s.stop).map(({ path }) => path),
    };
    this.scenario = definition.scenario.flatMap((entry, k) => {
      const tell: FaultTell = (key, message) => problems.push({ path: ['scenario', k, key], message });
      return this.check(entry, tell) ?? [];
    });
    const waits = new Set(this.scenario.flatMap(({ after }) => (after ? `${after.parts} ${after.station}` : [])));
    if (waits.size > MOST_TRIGGERS) {
      problems.push({
        path: ['scenario'],
        message: `It waits for ${waits.size} numbers of parts; give ${MOST_TRIGGERS} at most.`,
      });
    }
    problems.push(
      ...unknownEvents(
        definition,
        kernel.journal.events.map(({ path }) => path),
      ),
    );
    if (problems.length > 0) throw new DefinitionError(problems);
  }

  /** A fault of a scenario as it is planned; undefined if it is wrong, and how has been told. */
  plan(entry: FaultEntry, tell: FaultTell): PlannedFault | undefined {
    const startUs = sinceMondayUs(getStart(this.definition.start));
    return planFault(entry, this.faultPlace, (at) => sinceStartUs(at, startUs), tell);
  }

  /** The same, tried on a plant that has just begun. */
  check(entry: FaultEntry, tell: FaultTell): PlannedFault | undefined {
    const planned = this.plan(entry, tell);
    if (planned === undefined) return undefined;
    const { kernel } = this.plant;
    kernel.open(this.blank.copy());
    kernel.journal.listener = undefined;
    kernel.seed(0, 0);
    kernel.act(() => this.plant.start(0));
    const why = tryFault(this, planned);
    if (why !== undefined) tell('fault', why);
    return why === undefined ? planned : undefined;
  }

  /** The newest sample of a signal in the open slab, as everyone is shown it. */
  sampleAt(signal: CellSignal, t: number): Sample {
    return this.distortions.active === 0 ? sampleAt(signal, t) : this.distortions.sampleAt(signal, t);
  }

  /** The place of a signal in `signals`, for reading it many times. */
  indexOf(path: string): number {
    const index = this.signalIndex.get(path);
    if (index !== undefined) return index;
    const hint = `A signal is Station.Name, as in ${this.signals[0].path}.`;
    const close = didYouMean(path, this.signalIndex.keys());
    throw new Refusal(`The cell has no signal "${path}".${close}`, hint, 'unknown_target');
  }

  findSignal(path: string): CellSignal | undefined {
    return this.signals[this.signalIndex.get(path) ?? -1];
  }

  /** A parameter by its path, hidden or not. */
  getParameter(path: string): Parameter {
    const { parameters } = this.plant.kernel;
    const found = parameters.get(path);
    if (found) return found;
    const station = path.slice(0, path.indexOf('.') + 1);
    const near = [...parameters.keys()].filter((name) => name.startsWith(station));
    const hint = near.length > 0 ? `There are ${near.join(', ')}.` : 'A parameter is Station.Name.';
    throw new Refusal(`There is no parameter "${path}".${didYouMean(path, parameters.keys())}`, hint, 'unknown_target');
  }

  /** Wall time, in ms since 1970, that plant time 0 of a cell made at `wallMs` stands for. */
  anchorMs(wallMs: number): number {
    const { start, horizon } = this.definition;
    return anchorMs(getStart(start), Math.max(this.openUs, getDurationUs(horizon)), wallMs);
  }

  private add(id: string, { type, title: _, at: __, size: ___, stop, to: ____, ...values }: StationDefinition): void {
    const known = knownTypes.get(type);
    if (!known) {
      const types = [...knownTypes.keys()];
      const message = `${id} has the unknown type "${type}".${didYouMean(type, types)}`;
      throw new Refusal(message, `Known are ${types.join(', ')}.`).in(id, 'type');
    }
    const settings = new Settings(id, values);
    this.plant.kernel.attempt(() => {
      if (stop) this.plant.getWay(stop.way);
    });
    try {
      this.plant.add(id, known, settings, stop);
    } catch (error) {
      throw error instanceof Refusal ? error.in(id) : error;
    }
    this.plant.kernel.problems.push(...settings.unknown());
  }

  private connect(station: Station, to: NonNullable<StationDefinition['to']>): void {
    const routes = typeof to === 'string' || Array.isArray(to) ? { out: to } : to;
    for (const [name, targets] of Object.entries(routes)) {
      const outlet = station.outlets.get(name);
      if (!outlet) {
        const known = [...station.outlets.keys()];
        const hint = known.length > 0 ? `It has ${known.join(', ')}.` : 'It has none: leave out "to".';
        throw new Refusal(`${station.path} has no outlet "${name}".${didYouMean(name, known)}`, hint).in(
          station.path,
          'to',
        );
      }
      // Unknown names were found before.
      for (const target of [targets].flat().flatMap((path) => this.plant.stations.get(path) ?? [])) {
        outlet.neighbours.push(target);
        for (const inlet of target.inlets) inlet.neighbours.push(station);
      }
    }
  }
}

function signalsOf(plant: Plant): CellSignal[] {
  const { kernel, stations } = plant;
  const signals: CellSignal[] = [];
  const add = (signal: CellSignal) => signals.push(signal);
  for (const { path, signals: own, touch } of stations.values()) {
    for (const signal of own) add(cellSignal(signal, path, signals.length, signal.ofLine ? kernel.clock : touch));
  }
  for (const signal of lineSignals(plant)) {
    add(cellSignal(signal, 'Line', signals.length, kernel.clock));
  }
  return signals;
}

const capturesOf = ({ stations }: Plant): Map<string, CaptureSource> =>
  new Map(
    [...stations.values()].flatMap(({ path, captures }) => captures.map((each) => [`${path}.${each.name}`, each])),
  );

function waysOf({ ways }: Definition, problems: Problem[]): Map<string, Way> {
  const made = new Map<string, Way>();
  for (const [name, shape] of Object.entries(ways)) {
    try {
      made.set(name, new Way(shape));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push({ path: ['ways', name], message: error.message });
    }
  }
  return made;
}

/** Where the routes of a station lead, by the path of the name in the definition. */
function unknownTargets(id: string, to: StationDefinition['to'], { stations }: Definition): Problem[] {
  const known = Object.keys(stations);
  const check = (target: string | readonly string[], path: readonly PropertyKey[]): Problem[] => {
    if (typeof target !== 'string') return target.flatMap((each, k) => check(each, [...path, k]));
    if (known.includes(target)) return [];
    const message = `${id} leads to "${target}", which is no station.${didYouMean(target, known)}`;
    return [{ path, message: `${message} There are: ${known.join(', ')}.` }];
  };
  const path = ['stations', id, 'to'];
  if (to === undefined) return [];
  if (typeof to === 'string' || Array.isArray(to)) return check(to, path);
  return Object.entries(to).flatMap(([outlet, targets]) => check(targets, [...path, outlet]));
}

/** Events that reactions name and that no station has. */
const unknownEvents = ({ reactions }: Definition, known: readonly string[]): Problem[] =>
  reactions.flatMap((reaction, k) =>
    (['event', 'until'] as const).flatMap((key) => {
      const name = reaction[key];
      if (name === undefined || known.includes(name)) return [];
      return [{ path: ['reactions', k, key], message: `There is no event "${name}".${didYouMean(name, known)}` }];
    }),
  );

/** Settings of the definition, in the open slab, that contradict each other: about the one that should be lower. */
const contradictions = (parameters: ReadonlyMap<string, Parameter>): Refusal[] =>
  agreementsOf(parameters).flatMap((agreement) => {
    const { path, parameter } = agreement.low;
    return contradictionOf(agreement, path)?.in(parameter.station, parameter.setting) ?? [];
  });

const problemOf = ({ message, station, setting }: Refusal): Problem => ({
  path: station === undefined ? [] : ['stations', station, ...(setting === undefined ? [] : [setting])],
  message,
});
