import type { CaptureView } from '#contract/capture.ts';
import type { CellView, ParameterView, StationView } from '#contract/cell-view.ts';
import type { Text } from '#contract/text.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Target } from '#simulator/cell/targets.ts';

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
        commands: own.filter(({ shape }) => !shape).map(({ path, text }) => ({ path, text })),
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

function parameterView({ path, shape }: Target): ParameterView[] {
  if (!shape) return [];
  const { unit, type, range, choices, text } = shape;
  const limits = { ...(range && { range: [range[0], range[1]] as [number, number] }) };
  return [{ path, unit, type, text, ...limits, ...(choices && { choices: [...choices] }) }];
}
