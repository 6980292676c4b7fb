import type { Parameter } from '#simulator/kernel/fields.ts';
import type { Slab } from '#simulator/kernel/memory.ts';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import type { CaptureSource } from '#simulator/plant/capture.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import type { Text } from '#simulator/plant/signal.ts';
import type { StationType } from '#simulator/plant/station-type.ts';
import { type PlantSecurity, securityOf } from '#simulator/plant/security/security-of.ts';
import { stationTypes } from '#simulator/plant/station-types.ts';
import type { Way } from '#simulator/plant/way.ts';
import { alarmListsOf, alarms } from '#simulator/rules/alarms.ts';
import type { CommandSource } from '#simulator/rules/command-source.ts';
import type { RuleBook } from '#simulator/rules/rule-book.ts';
import { ruleBookOf, rules } from '#simulator/rules/rules.ts';
import { contradictionsIn } from './agreements.ts';
import { buildPlant, waysOf } from './build-plant.ts';
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
import { DefinitionError, type Problem, problemOf } from './problem.ts';
import type { Sample } from './sample.ts';
import { type CellSignal, cellSignal, newestUs, sampleAt } from './sampling.ts';
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
    this.plant = buildPlant(definition, this.ways, knownTypes, problems);
    const { kernel } = this.plant;
    this.distortions = new Distortions(kernel.site('distortions'));
    this.triggers = new Triggers(kernel.site('triggers'));
    this.blank = kernel.blank();
    if (kernel.problems.length === 0) kernel.problems.push(...contradictionsIn(kernel.parameters));
    this.defaults = new Map([...kernel.parameters].map(([path, { read }]) => [path, read()]));
    problems.push(...kernel.problems.map(problemOf));
    if (problems.length > 0) throw new DefinitionError(problems);

    this.stations = Object.entries(definition.stations).map(
      ([id, { type, title = { en: id, sv: id }, at, size, stop }]) => ({
        ...{ id, type, title },
        ...{ ...(at && { at }), ...(size && { size }), ...(stop && { stop }) },
      }),
    );
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
    this.commandReaders = [this.rules ?? [], alarmLists.map(({ watches }) => watches)].flat();
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

  /**
   * The same if it is later than `afterUs`: to see that there is none costs next to nothing. What a sensor shows in place of
   * a sample is never later than that one: where a fault begins or ends there is one.
   */
  sampleAfter(signal: CellSignal, afterUs: number, t: number): Sample | undefined {
    if (newestUs(signal, t) <= afterUs) return undefined;
    const sample = this.sampleAt(signal, t);
    return sample.tUs > afterUs ? sample : undefined;
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

  /** What a command may address, hidden or not; of what is hidden no sentence tells. */
  getTarget(path: string): Target {
    const found = this.targets.get(path);
    if (found !== undefined) return found;
    const open = [...this.targets.values()].flatMap(({ hidden, path: each }) => (hidden ? [] : each));
    const hint = 'Look up the commands and parameters of the station.';
    throw new Refusal(`The cell has no command "${path}".${didYouMean(path, open)}`, hint, 'unknown_target');
  }

  getCapture(path: string): CaptureSource {
    const found = this.captures.get(path);
    if (found !== undefined) return found;
    const known = [...this.captures.keys()];
    const message = `The cell has no capture "${path}".${didYouMean(path, known)}`;
    throw new Refusal(message, `There are ${known.join(', ')}.`, 'unknown_target');
  }

  /** Wall time, in ms since 1970, that plant time 0 of a cell made at `wallMs` stands for. */
  anchorMs(wallMs: number): number {
    const { start, horizon } = this.definition;
    return anchorMs(getStart(start), Math.max(this.openUs, getDurationUs(horizon)), wallMs);
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

/** Events that reactions name and that no station has. */
const unknownEvents = ({ reactions }: Definition, known: readonly string[]): Problem[] =>
  reactions.flatMap((reaction, k) =>
    (['event', 'until'] as const).flatMap((key) => {
      const name = reaction[key];
      if (name === undefined || known.includes(name)) return [];
      return [{ path: ['reactions', k, key], message: `There is no event "${name}".${didYouMean(name, known)}` }];
    }),
  );
