import { expect, test } from 'vitest';
import { CommandStatus } from '#contract/command.ts';
import { loadModel } from '#server/cells/load.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { serverCodes, serverSentences } from '#test/support/server-sentences.ts';
import { codes } from '#web/i18n/refusals/codes.ts';
import { sentenceReader } from '#web/i18n/refusals/reader.ts';
import { swedish } from '#web/i18n/refusals/swedish.ts';

/** What stands in the holes of a sentence whose words alone say too little. */
const SAMPLES: Readonly<Record<string, string>> = { '{}: {}.': 'ns=2;s=ST99: BadNodeIdUnknown.' };

test('every sentence that the server may say on a page has Swedish words', () => {
  const sentences = serverSentences();
  expect(sentences.length).toBeGreaterThan(400);
  const foreign = sentences.filter(({ text }) => swedish(SAMPLES[text] ?? text.replaceAll('{}', 'X1')) === undefined);
  expect(foreign).toEqual([]);
});

test('every code that the server may answer with has Swedish words, and no other has', () => {
  const answered = new Set([...serverCodes(), ...CommandStatus.options.filter((status) => status !== 'done')]);
  expect(Object.keys(codes).sort()).toEqual([...answered].sort());
});

const cell = createCell(loadModel('labs/cells/pump-line.yaml'), { seed: 7n });
cell.runUntil(3600e6);

/** What the line says when it refuses. */
function refusal(target: string, value?: unknown, unit?: string): string {
  try {
    cell.command({ target, value, ...(unit !== undefined && { unit }) });
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`${target} was not refused`);
}

test('decimals in a refusal begin with a comma, and versions and paths stay what they are', () => {
  expect(swedish('Give 2.25 m or less, or raise ST04.Safety.SlowDistance first.')).toBe(
    'Ange 2,25 m eller mindre, eller höj ST04.Safety.SlowDistance först.',
  );
  expect(swedish('Give 1.0.3 or less, or raise 5 m first.')).toBe('Ange 1.0.3 eller mindre, eller höj 5 m först.');
});

test.each([
  [['ST03.Unhold'], /^ST03 kan inte släppas ur håll i tillståndet \w+ \(.+\)\. Håll den först och vänta på Held\.$/],
  [['ST03.Hld'], 'Linan har inget kommando ”ST03.Hld”. Menade du ”ST03.Hold”? Se stationens kommandon och parametrar.'],
  [['ST03.Program.Feed', 90, 'mm'], /^ST03\.Program\.Feed har inte enheten ”mm”\. Ange värdet i ”.+”\.$/],
  [
    ['ST03.Program.Feed', 1e9],
    /^1000000000 ligger utanför området för Program\.Feed\. Ange ett tal från \d+ till \d+ .+\.$/,
  ],
  [['ST03.Program.Feed', 'fast'], /^”fast” är inget giltigt värde för Program\.Feed\. Ange ett tal från/],
  [
    ['Alarms.Acknowledge', 'SpindleHot'],
    'SpindleHot är ur drift och kan inte kvitteras. Ta det i drift först, med Configure.',
  ],
  [
    ['Rules.Define', { id: 'a', when: 'ST03.Spindle.Lod > 3', do: 'alarm' }],
    /^1:1: Det finns ingen signal ”ST03\.Spindle\.Lod”\. Menade du ”ST03\.Spindle\.Load”\?\nST03\.Spindle\.Lod > 3\n\^ En signal skrivs/,
  ],
] as const)('%s is refused in Swedish', ([target, value, unit], words) => {
  const said = swedish(refusal(target, value, unit));
  if (typeof words === 'string') expect(said).toBe(words);
  else expect(said).toMatch(words);
});

test('what SQLite says of a query keeps its place, for the editor', () => {
  const said = swedish('1:35: No such table: vists.\nSELECT * FROM vists\n              ^');
  expect(said).toBe('1:35: Det finns ingen tabell vists.\nSELECT * FROM vists\n              ^');
});

test('what is typed keeps its own words, a list is joined in Swedish, and one unknown sentence leaves all in English', () => {
  const read = sentenceReader(
    [
      ['There is no "{}".', 'Det finns ingen "{1}".'],
      ['Choose {}.', 'Välj {1}.'],
    ],
    new Map([['none', 'ingen']]),
  );
  expect(read('There is no "a or b". Choose none, eager or Lazy.')).toBe(
    'Det finns ingen "a eller b". Välj ingen, eager eller Lazy.',
  );
  expect(read('There is no "x". Nobody wrote this.')).toBeUndefined();
  expect(read('x'.repeat(3000))).toBeUndefined();
});

test('the reader takes no longer than the text is long, whatever is sent', () => {
  const begun = process.cpuUsage().user;
  for (const nasty of ['. '.repeat(900), 'There is no alarm '.repeat(100), '"'.repeat(1900)]) swedish(nasty);
  expect(process.cpuUsage().user - begun).toBeLessThan(2_000_000);
});
