import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { copyLabs } from '#test/support/lab-copies.ts';

const LABS = fileURLToPath(new URL('../../../labs', import.meta.url));

/** What would run as a script if anything made HTML, an address or an expression of a text. */
export const PAYLOADS = [
  '<img src=x onerror="globalThis.harmed=1">',
  '"><script>globalThis.harmed=1</script>',
  '</textarea><svg onload="globalThis.harmed=1">',
  'javascript:globalThis.harmed=1',
  "${globalThis.harmed=1}`';globalThis.harmed=1//",
] as const;

const [IMG, SCRIPT, SVG, SCHEME, TEMPLATE] = PAYLOADS;
const TYPES = {
  power: { type: 'number', unit: 'kW', accept: ['kW', 'W'], decimals: 1 },
  parts: { type: 'integer' },
  cause: { type: 'choice', options: ['wear', 'air'] },
  causes: { type: 'choices', options: ['wear', 'air', 'heat'] },
  station: { type: 'station' },
  signal: { type: 'signal' },
  began: { type: 'time' },
  serials: { type: 'serials' },
  rows: { type: 'table', columns: { serial: 'integer', mm: 'number' } },
  why: { type: 'text', words: [3, 60] },
  file: { type: 'file' },
} as const;

const facts = {
  format: 1,
  id: 'every-answer',
  version: 1,
  minutes: 10,
  pass: { points: '100 %', steps: ['fields'] },
  cell: { base: 'pump-line', start: 'Mon 05:30', open: 'Mon 05:40', horizon: '8 h', speed: [1, 100] },
  steps: [
    {
      id: 'fields',
      minutes: 6,
      ask: TYPES,
      checks: [
        { id: 'power', answer: 'power', is: '3.0', within: '0.5 kW', points: 1 },
        { id: 'parts', answer: 'parts', is: '7', points: 1 },
      ],
      rubric: [{ id: 'reason', points: 2 }],
    },
    {
      id: 'more',
      minutes: 4,
      ask: { note: { type: 'text' } },
      checks: [{ id: 'feed', config: 'ST03.Program.Feed', is: '90', points: 1 }],
    },
  ],
  hints: [
    { step: 'fields', afterFails: 0 },
    { step: 'fields', afterFails: 0 },
  ],
  solution: {
    fields: [{ answer: { power: '3', parts: '7' } }],
    more: [{ write: { to: 'ST03.Program.Feed', value: '90' } }],
  },
  wrong: [{ id: 'too-few', instead: { fields: [{ answer: { power: '3', parts: '6' } }] }, loses: ['fields.parts'] }],
  prove: { honest: '99 %', copy: '100 %', guess: '100 %' },
};

const textsIn = (title: string) => ({
  title: `${title} ${IMG}`,
  aim: `All types of fields ${SCRIPT}`,
  steps: {
    fields: {
      title: `Fields ${IMG}`,
      ask: Object.fromEntries(Object.keys(TYPES).map((id) => [id, `Field ${id} ${SVG}`])),
      options: {
        cause: { wear: `Wear ${IMG}`, air: 'Air' },
        causes: { wear: 'Wear', air: `Air ${SCRIPT}`, heat: 'Heat' },
      },
      checks: {
        power: { aim: `The power ${SCRIPT}`, fail: `I read {{seen.answer}} ${SVG}` },
        parts: { aim: 'The parts', fail: `I read {{seen.answer}} ${TEMPLATE}` },
      },
      rubric: { reason: `A reason ${IMG}` },
      hints: [`First ${SVG}`, `Second ${SCRIPT}`],
    },
    more: {
      title: 'More',
      ask: { note: 'A note' },
      checks: { feed: { aim: 'The feed is 90 %', fail: 'The feed is {{seen.value}}.' } },
    },
  },
});

/** Lint refuses HTML in guides, so it comes as text here; what the page makes of HTML is in the test of its Markdown. */
const asText = (text: string) => text.replaceAll('<', '\\<');

const guide = `# Every answer

Text ${asText(IMG)} and ${asText(SCRIPT)}, a [link](${SCHEME}) and \`\`${TEMPLATE}\`\`.

## Fields {#fields}

Fill in all. ${asText(SVG)}

## More {#more}

Set the feed.
`;

/** Copies the labs into a folder and adds one that asks for every type of answer, with texts that would harm. */
export function addEveryAnswerLab(folder: string): string {
  const labs = join(folder, 'labs');
  copyLabs(LABS, labs);
  const lab = join(labs, 'iiot/every-answer');
  mkdirSync(lab);
  const write = (name: string, text: string) => writeFileSync(join(lab, name), text);
  write('lab.yaml', stringify(facts));
  for (const [language, title] of [
    ['en', 'Every answer'],
    ['sv', 'Alla svar'],
  ] as const) {
    write(`texts.${language}.yaml`, stringify(textsIn(title)));
    write(`guide.${language}.md`, guide);
    write(`teacher.${language}.md`, '# For teachers\n\nA lab for tests.\n');
  }
  return labs;
}
