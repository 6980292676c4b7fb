import { DataType } from 'node-opcua';
import { expect, test } from 'vitest';
import { publicModel } from '#server/cells/public-view.ts';
import { inputOf } from '#server/opcua/command-input.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { modelOf } from '#test/unit/simulator/support.ts';

const { stations } = publicModel(modelOf('pump-line'));
const commands = new Map(stations.flatMap((each) => each.commands).map((command) => [command.path, command]));
const wantsOf = (path: string) => {
  const { wants } = commands.get(path) ?? {};
  if (!wants) throw new Error(`${path} wants nothing`);
  return wants;
};

test('what a command wants comes from its own declaration, with choices of this plant', () => {
  expect(wantsOf('ST03.SetMode')).toMatchObject({
    kind: 'choice',
    choices: [{ value: 1 }, { value: 2 }, { value: 3 }],
  });
  expect(wantsOf('ST02.CloseGate').choices?.map(({ value }) => value)).toContain('ST03');
  expect(wantsOf('ST11.Charge').choices?.map(({ value }) => value)).toEqual(['AGV1', 'AGV2']);
  expect(wantsOf('Crew.OrderSpare').choices?.length).toBeGreaterThan(2);
  expect(wantsOf('Orders.Start')).toMatchObject({ kind: 'integer', range: [1, 4e9] });
  expect(commands.get('ST03.Hold')).toMatchObject({ label: { en: 'Hold', sv: 'Håll' } });
  expect(commands.get('ST03.Hold')?.wants).toBeUndefined();
});

test('without its value a command is refused with what to give', () => {
  const cell = createCell(modelOf('pump-line'), { seed: 4n });
  const without = [...commands.values()].filter(({ wants }) => wants);
  expect(without.length).toBeGreaterThan(25);
  for (const { path, wants } of without) {
    const said = refusalOf(() => cell.command({ target: path }));
    // What the command itself says is better where it shows the example already.
    expect(
      [wants?.hint, wants?.example].filter(Boolean).some((what) => said.includes(what!)),
      `${path}: ${said}`,
    ).toBe(true);
  }
});

test('every example of a command is one that the command understands', () => {
  const cell = createCell(modelOf('pump-line'), { seed: 4n });
  for (const { path, wants } of commands.values()) {
    if (wants?.kind !== 'object') continue;
    const example = wants.example ?? '';
    for (const value of [example, JSON.parse(example) as unknown]) {
      let said = 'done';
      try {
        cell.command({ target: path, value });
      } catch (error) {
        said = (error as { code: string }).code;
      }
      expect(['done', 'wrong_state', 'unknown_target'], `${path} ${JSON.stringify(value)}`).toContain(said);
    }
  }
});

test('the input of a method has the type of what its command wants', () => {
  expect(inputOf(wantsOf('ST03.SetMode'))).toMatchObject({
    dataType: DataType.Int32,
    about: { en: 'The unit mode: 1 Produce, 2 Maintenance, 3 Manual' },
  });
  expect(inputOf(wantsOf('ST02.CloseGate'))).toMatchObject({ name: 'Station', dataType: DataType.String });
  expect(inputOf(wantsOf('ST01.Disassemble'))).toMatchObject({ dataType: DataType.UInt32 });
  expect(inputOf(wantsOf('Rules.Define')).about.sv).toMatch(/^Regeln som JSON, till exempel \{/);
});

function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return 'It was done.';
}
