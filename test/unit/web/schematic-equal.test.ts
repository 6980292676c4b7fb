import { expect, test } from 'vitest';
import { runningPumpLine } from '#test/support/running-pump-line.ts';
import { watchedSignals } from '#web/scene/live-props.ts';
import { layoutOf } from '#web/scene/layout.ts';
import { followedSignals } from '#web/schematic/live-marks.tsx';
import { factsOf } from '#web/schematic/station-facts.ts';

const { view } = runningPumpLine();
const layout = layoutOf(view);
const listed = new Set(
  layout.stations.flatMap(({ id, type }) =>
    factsOf(
      type,
      view.signals.filter(({ station }) => station === id),
    ).map(({ path }) => path),
  ),
);

test('all signals that the scene shows stand in the list of stations', () => {
  const shown = watchedSignals(layout);
  expect(shown.length).toBeGreaterThan(15);
  expect(shown.filter((path) => !listed.has(path))).toEqual([]);
});

test('the list says more where the scene shows it by what moves: crane, ram, vehicles with battery and load', () => {
  expect([...listed]).toEqual(
    expect.arrayContaining([
      ...['ST01.Crane.Position', 'ST07.Ram.Position', 'ST11.Agv1.Battery', 'ST11.Agv2.Load', 'ST05.Printer3.Layer'],
    ]),
  );
});

test('every signal that the plan follows is one of the line', () => {
  const known = new Set(view.signals.map(({ path }) => path));
  expect(followedSignals(layout).filter((path) => !known.has(path))).toEqual([]);
});
