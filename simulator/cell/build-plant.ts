import { Settings } from '#simulator/kernel/fields.ts';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { Plant } from '#simulator/plant/plant.ts';
import type { StationType } from '#simulator/plant/station-type.ts';
import type { Station } from '#simulator/plant/station.ts';
import { Way } from '#simulator/plant/way.ts';
import type { Definition, StationDefinition } from './definition.ts';
import { getStart, sinceMondayUs } from './plant-time.ts';
import type { Problem } from './problem.ts';

type StationTypes = ReadonlyMap<string, StationType>;

/**
 * The plant of a definition: its stations, built in their order and connected. What is wrong is told in `problems`, or
 * stands in the kernel's own.
 */
export function buildPlant(
  definition: Definition,
  ways: ReadonlyMap<string, Way>,
  knownTypes: StationTypes,
  problems: Problem[],
): Plant {
  const plant = new Plant(definition.parts, ways, sinceMondayUs(getStart(definition.start)));
  const { kernel } = plant;
  const entries = Object.entries(definition.stations);
  const built = entries.map(([id, station]) => kernel.attempt(() => add(plant, knownTypes, id, station)));
  problems.push(...entries.flatMap(([id, { to }]) => unknownTargets(id, to, definition)));
  if (!built.every(Boolean)) return plant;
  for (const [id, { to = {} }] of entries) kernel.attempt(() => connect(plant, plant.getStation(id), to));
  plant.complete();
  return plant;
}

export function waysOf({ ways }: Definition, problems: Problem[]): Map<string, Way> {
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

function add(
  plant: Plant,
  knownTypes: StationTypes,
  id: string,
  { type, title: _, at: __, size: ___, stop, to: ____, ...values }: StationDefinition,
): void {
  const known = knownTypes.get(type);
  if (!known) {
    const types = [...knownTypes.keys()];
    const message = `${id} has the unknown type "${type}".${didYouMean(type, types)}`;
    throw new Refusal(message, `Known are ${types.join(', ')}.`).in(id, 'type');
  }
  const settings = new Settings(id, values);
  plant.kernel.attempt(() => {
    if (stop) plant.getWay(stop.way);
  });
  try {
    plant.add(id, known, settings, stop);
  } catch (error) {
    throw error instanceof Refusal ? error.in(id) : error;
  }
  plant.kernel.problems.push(...settings.unknown());
}

function connect(plant: Plant, station: Station, to: NonNullable<StationDefinition['to']>): void {
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
    for (const target of [targets].flat().flatMap((path) => plant.stations.get(path) ?? [])) {
      outlet.neighbours.push(target);
      for (const inlet of target.inlets) inlet.neighbours.push(station);
    }
  }
}
