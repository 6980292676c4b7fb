import { expect, test } from 'vitest';
import { obey } from '#server/cells/command-outcome.ts';
import { captureViews, publicModel } from '#server/cells/public-view.ts';
import { TopicTable } from '#server/mqtt/topic-table.ts';
import { lineDefinition } from '#server/opcua/line-definition.ts';
import { uniteLines } from '#server/opcua/union.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { Model } from '#simulator/cell/model.ts';
import { hours } from '#simulator/kernel/time.ts';
import { FAULTS } from '#simulator/plant/faults/faults.ts';
import { CASES } from './fault-cases.ts';
import { modelOf } from './support.ts';

/** Numbers that stand nowhere else, planted into the scenario of a plant. */
const MARKERS = [31.173, 7.0931, 0.41973];
const planted = new Model({
  ...modelOf('pump-line').definition,
  scenario: [
    { fault: 'process-mean', station: 'ST03', by: MARKERS[0], at: '30 min' },
    { fault: 'sensor-bias', signal: 'ST07.Oil.Temperature', by: MARKERS[1], at: 'Mon 06:11' },
    { fault: 'bearing-outer', station: 'ST03', damage: MARKERS[2], after: '33 parts at ST03' },
  ],
});
const hidden = [...planted.targets.values()].filter((target) => target.hidden).map(({ path }) => path);

function doors(): Record<string, string> {
  const nodes = [...uniteLines([lineDefinition(planted)]).values()];
  const { topics } = new TopicTable(planted, planted.definition.topicPrefix);
  return {
    http: JSON.stringify([publicModel(planted), captureViews(planted)]),
    opcua: JSON.stringify(
      nodes.map(({ id, browseName, appearances }) => [
        ...[id, browseName],
        [...appearances.values()].map(({ name, about }) => ({ name, about })),
      ]),
    ),
    mqtt: JSON.stringify(topics.map(({ topic }) => [topic, topic.replaceAll('/', '.')])),
  };
}

test('neither the view over HTTP, nor the OPC UA tree, nor an MQTT topic names a fault, a hidden target or the scenario', () => {
  const own = planted.targets.get('ST03.wearFactor');
  expect(hidden).toEqual(expect.arrayContaining(['ST03.BreakTool', 'Line.Distort', 'ST06.isCalledAway']));
  expect(own?.hidden).toBe(true);
  for (const [door, text] of Object.entries(doors())) {
    expect(text.length, door).toBeGreaterThan(10_000);
    expect(text, door).toContain('Spindle');
    for (const marker of MARKERS) expect(text, door).not.toContain(String(marker));
    for (const path of hidden)
      expect(text, `${door} ${path}`).not.toMatch(new RegExp(`\\b${path.replaceAll('.', '\\.')}\\b`));
    for (const [id, kind] of FAULTS) {
      expect(text, `${door} ${id}`).not.toContain(`"${id}"`);
      for (const words of [kind.text.en, kind.text.sv]) expect(text, door).not.toContain(words);
    }
    expect(text, door).not.toMatch(/scenario|\bseed\b/i);
  }
});

test('what a participant is sent while faults act holds no marker, no fault and no hidden name', () => {
  const cell = createCell(planted, { seed: 8n });
  cell.runUntil(hours(2));
  expect(cell.parameter('ST03.offset')).toBe(MARKERS[0]);
  const sent = JSON.stringify([
    happenings(cell, 0, hours(2)),
    planted.signals.map(({ index }) => cell.sample(index)),
    [...planted.captures.keys()].flatMap((path) => {
      const taken = cell.capture(path);
      return taken.kind === 'document' ? [taken.content] : [];
    }),
    cell.motion(),
  ]);
  for (const marker of MARKERS) expect(sent).not.toContain(String(marker));
  for (const path of hidden) expect(sent).not.toContain(`"${path}"`);
  expect(sent).not.toMatch(/Line\.Fault|scenario/);
});

test('whoever asks for a hidden target is answered as if there were none, and hears of no other', () => {
  const cell = createCell(planted, { seed: 8n });
  for (const target of hidden) {
    const { status, reason = '' } = obey(cell, { id: 'x', target, value: 1 }, { actor: 'p-ann', via: 'http' });
    expect(status).toBe('unknown_target');
    const others = reason.replaceAll(`"${target} "`, '');
    for (const path of hidden) expect(others.split(/[ "?.,]+ ?/)).not.toContain(path);
    for (const path of hidden) expect(others, target).not.toContain(`"${path}"`);
  }
});

test('whatever fault acts, the same stations, signals, commands and parameters are shown', () => {
  const shown = (model: Model) => JSON.stringify([publicModel(model), captureViews(model)]);
  const plain = shown(modelOf('pump-line'));
  for (const { entry } of CASES) {
    const model = new Model({
      ...modelOf('pump-line').definition,
      scenario: [{ ...entry, at: '1 h' }],
    });
    expect(shown(model)).toBe(plain);
  }
});
