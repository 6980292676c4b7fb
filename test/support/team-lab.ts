import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { copyLabs } from './lab-copies.ts';

const LABS = fileURLToPath(new URL('../../labs', import.meta.url));
export const TEAM_LAB = 'iiot/team-work';

const facts = {
  format: 1,
  id: 'team-work',
  version: 1,
  minutes: 10,
  pass: { points: '60 %', steps: ['more'] },
  roles: ['operator', 'analyst'],
  cell: { base: 'pump-line', start: 'Mon 05:30', open: 'Mon 05:40', horizon: '8 h', speed: [1, 100] },
  vars: { wanted: { from: 2.95, to: 3.05, unit: 'kW', redraw: 'work' } },
  steps: [
    {
      id: 'work',
      minutes: 6,
      ask: {
        power: { type: 'number', unit: 'kW', accept: ['kW', 'W'], decimals: 1 },
        depth: { type: 'number', unit: 'um', accept: ['um', 'mm'], min: -50, max: 5000 },
        parts: { type: 'integer', min: 0 },
        serials: { type: 'serials' },
        rows: { type: 'table', columns: { serial: 'integer', mm: 'number' } },
        causes: { type: 'choices', options: ['wear', 'air', 'heat'] },
        signal: { type: 'signal' },
        why: { type: 'text', words: [3, 60] },
      },
      checks: [
        { id: 'power', answer: 'power', is: 'wanted', within: '0.5 kW', points: 3 },
        { id: 'all-read', evidence: 'history.read', signal: 'ST03.*', by: 'each', points: 2 },
        { id: 'slowed', evidence: 'command', target: 'ST03.Program.Feed', by: 'operator', points: 2 },
      ],
      rubric: [
        { id: 'reason', points: 2 },
        { id: 'words', points: 1 },
      ],
    },
    {
      id: 'more',
      minutes: 4,
      ask: { count: { type: 'integer' } },
      checks: [{ id: 'count', answer: 'count', is: '7', needs: 'work.power', points: 1 }],
    },
  ],
  solution: {
    work: [
      { answer: { power: '3' } },
      { read: { as: 'load', signal: 'ST03.Spindle.Load', at: ['Mon 05:35'] } },
      { write: { to: 'ST03.Program.Feed', value: '90' } },
    ],
    more: [{ answer: { count: '7' } }],
  },
  wrong: [{ id: 'too-few', instead: { more: [{ answer: { count: '6' } }] }, loses: ['more.count'] }],
  prove: { honest: '99 %', copy: '100 %', guess: '100 %' },
};

const texts = {
  title: 'Team work',
  aim: 'Two do it together.',
  roles: { operator: 'the operator', analyst: 'the analyst' },
  steps: {
    work: {
      title: 'Work',
      ask: {
        ...{ power: 'Power', depth: 'Depth', parts: 'Parts', serials: 'Serials', rows: 'Rows' },
        ...{ causes: 'Causes', signal: 'Signal', why: 'Why' },
      },
      options: { causes: { wear: 'Wear', air: 'Air', heat: 'Heat' } },
      checks: {
        power: { aim: 'The power', fail: 'I read {{seen.answer}}.' },
        'all-read': { aim: 'All have read', fail: 'Not all of you have read.' },
        slowed: { aim: 'The mill is slower', fail: 'Nobody has set the feed.' },
      },
      rubric: { reason: 'Names a cause', words: 'Is easy to read' },
    },
    more: {
      title: 'More',
      ask: { count: 'How many' },
      checks: { count: { aim: 'The count', fail: 'I read {{seen.answer}}.' } },
    },
  },
};
const guide = '# Team work\n\nTwo do it.\n\n## Work {#work}\n\nFill in.\n\n## More {#more}\n\nCount.\n';

/** Copies the labs into a folder and adds one for two, with something for people to judge. */
export function addTeamLab(folder: string): string {
  const labs = join(folder, 'labs');
  copyLabs(LABS, labs);
  const lab = join(labs, TEAM_LAB);
  mkdirSync(lab);
  const write = (name: string, text: string) => writeFileSync(join(lab, name), text);
  write('lab.yaml', stringify(facts));
  for (const language of ['en', 'sv']) {
    write(`texts.${language}.yaml`, stringify(texts));
    write(`guide.${language}.md`, guide);
    write(`teacher.${language}.md`, '# For teachers\n\nA lab for tests.\n');
  }
  return labs;
}
