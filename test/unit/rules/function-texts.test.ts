import { expect, test } from 'vitest';
import { SECOND } from '#simulator/kernel/time.ts';
import { Compiler } from '#simulator/rules/compile.ts';
import { FUNCTION_TEXTS } from '#simulator/rules/function-texts.ts';
import { WINDOW_FUNCTIONS } from '#simulator/rules/window-functions.ts';
import { modelOf } from '../simulator/support.ts';

test('every function of rules is told in both languages', () => {
  expect(FUNCTION_TEXTS.map(({ name }) => name).sort()).toEqual(['value', ...WINDOW_FUNCTIONS.keys()].sort());
  for (const { text } of FUNCTION_TEXTS) expect([text.en, text.sv]).not.toContain('');
});

test.each(FUNCTION_TEXTS)('the example of $name is right on the pump line', ({ name, example }) => {
  const { signals } = modelOf('pump-line');
  const readable = new Map(
    signals.map(({ path, type, range }) => [
      path,
      { path, type, range, isHeld: false, changedUs: () => 0, sampleAt: () => 1 },
    ]),
  );
  const reader = { find: (path: string) => readable.get(path), paths: readable.keys(), beginRound: () => {} };
  const compiler = new Compiler({ ...reader, counts: new Map([['ST03', () => 0]]) }, SECOND);
  const gives = WINDOW_FUNCTIONS.get(name)?.gives ?? 'number';
  compiler.compile(`${name}(${example})`, 'when', gives);
  expect(compiler.windows.length).toBe(name === 'value' ? 0 : 1);
});
