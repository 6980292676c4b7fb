import { expect, test } from 'vitest';
import { runningPumpLine } from '#test/support/running-pump-line.ts';
import { choiceText } from '#web/i18n/choice-words.ts';
import { readTyped } from '#web/workspace/inspector/typed-value.ts';
import { toolLines } from '#web/workspace/tool-lines.ts';

test.each([
  ['number', '1,5', { value: 1.5 }],
  ['number', '1 200.5', { value: 1200.5 }],
  ['number', '2e3', { value: 2000 }],
  ['number', '-2,5', { value: -2.5 }],
  ['number', '\u22122\u202f000.5e\u22123', { value: -2.0005 }],
  ['number', '12 bar', { problem: 'number' }],
  ['number', '', { problem: 'empty' }],
  ['integer', '2.5', { problem: 'whole' }],
  ['integer', '5000', { problem: 'range' }],
  ['object', '{"a":1}', { value: { a: 1 } }],
  ['object', '[1]', { problem: 'object' }],
  ['object', '{', { problem: 'object' }],
] as const)('as a %s, "%s" is %o', (kind, text, typed) => {
  expect(readTyped({ kind, range: [-4000, 4000] }, text)).toEqual(typed);
});

test('a choice gives its value in its own type', () => {
  const choices = [{ value: 1, text: { en: 'Produce', sv: 'Produktion' } }];
  expect(readTyped({ kind: 'choice', choices }, '1')).toEqual({ value: 1 });
});

test('each word that a setting of the line may have is said in Swedish too, and stays as it is written', () => {
  const { view } = runningPumpLine();
  const choices = view.stations.flatMap(({ parameters }) => parameters.flatMap(({ choices }) => choices ?? []));
  expect(choices.length).toBeGreaterThan(20);
  for (const word of choices) {
    const { en, sv } = choiceText(word);
    expect(sv).not.toBe(en);
    expect([en, sv].every((text) => text.includes(word))).toBe(true);
  }
});

test('own tools get the real addresses and name, and never the key', () => {
  const cell = {
    ...{
      id: 'c-1',
      definition: 'x',
      title: { en: 'x', sv: 'x' },
      topicPrefix: 'a/b/c/d',
      stations: [],
      ways: {},
      signals: [],
    },
    clock: { simUs: 0, wallMs: 0, speed: 1, paused: false, anchorMs: 0, run: 1 },
    opcua: { endpointUrl: 'opc.tcp://host:4840', namespaceUri: 'urn:line' },
    mqtt: { host: 'host', port: 8883 },
  };
  const text = { en: 'Feed', sv: 'Matning' };
  const parameter = { path: 'ST03.Program.Feed', unit: '%', type: 'number', text } as const;
  const lines = toolLines(
    { target: parameter.path, value: 90, parameter },
    { cell, user: 'p-7', origin: 'https://host' },
  );
  const all = lines.map(({ text }) => text).join('\n');
  expect(all).toContain(`curl -u p-7:"$VERKSTAD_KEY"`);
  expect(all).toContain(`https://host/api/cells/c-1/commands`);
  expect(all).toContain(`'a/b/c/d/cmd/ST03/Program/Feed' -m '{"id":"my-1","value":90}'`);
  expect(all).toContain('ua.Variant(90, ua.VariantType.Double)');
  expect(all).toContain('nsu=urn:line;s=ST03.Program.Feed');
  const [curl] = toolLines({ target: 'Rules.Remove', value: "it's" }, { cell, user: 'p-7', origin: 'https://host' });
  expect(curl.text).toContain(`it'\\''s`);
});
