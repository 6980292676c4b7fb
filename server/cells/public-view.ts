import type { CaptureView } from '#contract/capture.ts';
import type { CellView, CommandArgumentView, CommandView, ParameterView, StationView } from '#contract/cell-view.ts';
import type { Text } from '#contract/text.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Target } from '#simulator/cell/targets.ts';
import { type CommandArgument, named, whatToGive } from '#simulator/plant/command-argument.ts';

/** What a participant may know of a plant as such: no seed, no scenario, no hidden command. */
export type PublicModel = Pick<CellView, 'definition' | 'title' | 'topicPrefix' | 'stations' | 'ways' | 'signals'>;

export function publicModel({ definition, stations, targets, signals, ways }: Model): PublicModel {
  const { id, title = { en: id, sv: id }, topicPrefix } = definition;
  const open = [...targets.values()].filter(({ hidden }) => !hidden);
  return {
    definition: id,
    title,
    topicPrefix,
    stations: stations.map(({ stop, ...station }): StationView => {
      const own = open.filter((target) => target.station === station.id);
      return {
        ...station,
        ...(stop && { stop: { path: stop.way, s: stop.s } }),
        commands: own.filter(({ shape }) => !shape).map(commandView),
        parameters: own.flatMap(parameterView),
      };
    }),
    ways: Object.fromEntries([...ways].map(([name, { length }]) => [name, { ...definition.ways[name], length }])),
    signals: signals.map(({ path, station, unit, kind, type, scanS, resolution, range, text, words }) => ({
      ...{ path, station, unit, kind, type, scanS, resolution, text },
      range: [range[0], range[1]],
      ...(words && { words: { ...words } }),
    })),
  };
}

/** What can be taken of the stations on demand. */
export const captureViews = ({ captures }: Model): CaptureView[] =>
  [...captures].map(([path, { text }]) => captureViewOf(path, text));

export const captureViewOf = (path: string, text: Text): CaptureView => ({
  path,
  station: path.slice(0, path.indexOf('.')),
  text,
});

function commandView({ path, text, wants }: Target): CommandView {
  const label = { en: labelOf(text.en), sv: labelOf(text.sv) };
  return { path, label, text, ...(wants && { wants: argumentView(wants) }) };
}

const labelOf = (text: string): string => text.split(':')[0];

function argumentView(argument: CommandArgument): CommandArgumentView {
  const { kind, name, text } = argument;
  const view = { kind, name, text, hint: whatToGive(argument) };
  switch (kind) {
    case 'number':
    case 'integer':
      return { ...view, unit: argument.unit, range: [argument.range[0], argument.range[1]] };
    case 'choice':
      return { ...view, choices: [...argument.choices] };
    case 'station':
      return { ...view, choices: named(argument.stations) };
    default:
      return { ...view, example: argument.example };
  }
}

function parameterView({ path, shape }: Target): ParameterView[] {
  if (!shape) return [];
  const { unit, type, range, choices, text } = shape;
  const limits = { ...(range && { range: [range[0], range[1]] as [number, number] }) };
  return [{ path, unit, type, text, ...limits, ...(choices && { choices: [...choices] }) }];
}
