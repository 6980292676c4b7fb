import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { LabSummary } from '#contract/lab-view.ts';
import { curriculumIn } from '#server/labs/curriculum.ts';
import { AreasFile } from '#server/labs/format/texts.ts';
import { labsOf, propose } from '#web/home/propose.ts';

const file = AreasFile.parse(parse(readFileSync(new URL('../../../labs/areas.yaml', import.meta.url), 'utf8')));
const curriculum = curriculumIn(file, 'en');

const lab = (id: string, minutes = 60): LabSummary => {
  const [area] = id.split('/');
  return { id, area, areaTitle: area, title: id, aim: '', minutes, version: 1, steps: 5, points: 20, counts: true };
};
const LABS = [lab('iiot/meet-the-machine', 90), lab('maintenance/bearing-alarm'), lab('quality/spc-shift')];
const NOBODY = { role: undefined, goal: undefined, hours: 4 };

test('every area of a path exists, and so does every role and goal; each role and goal leads somewhere', () => {
  const ids = (of: readonly { id: string }[]) => of.map(({ id }) => id);
  for (const path of curriculum.paths) {
    expect(ids(curriculum.areas), path.id).toEqual(expect.arrayContaining(path.areas));
    expect(ids(curriculum.roles), path.id).toEqual(expect.arrayContaining(path.roles));
    expect(ids(curriculum.goals), path.id).toEqual(expect.arrayContaining(path.goals));
    expect(path.aim).not.toBe('');
  }
  expect(new Set(curriculum.paths.flatMap(({ roles }) => roles))).toEqual(new Set(ids(curriculum.roles)));
  expect(new Set(curriculum.paths.flatMap(({ goals }) => goals))).toEqual(new Set(ids(curriculum.goals)));
});

test('whoever maintains and wants fewer stops gets the path of maintenance', () => {
  const proposal = propose(curriculum, LABS, new Set(), { role: 'maintenance', goal: 'fewer-stops', hours: 2 })!;
  expect(proposal).toMatchObject({ path: { id: 'maintenance-engineer' }, suitsRole: true, suitsGoal: true });
  expect(proposal.second?.id).toBe('automation-and-people');
  expect(proposal.inTime.map(({ id }) => id)).toEqual(['iiot/meet-the-machine']);
});

test('a goal says more than a role', () => {
  const proposal = propose(curriculum, [], new Set(), { role: 'quality', goal: 'save-energy', hours: 4 })!;
  expect(proposal).toMatchObject({ path: { id: 'sustainable-production' }, suitsRole: false, suitsGoal: true });
});

test('without a wish the path comes first on which most can be done, and passed labs do not count', () => {
  expect(propose(curriculum, LABS, new Set(), NOBODY)!.path.id).toBe('maintenance-engineer');
  const passed = new Set(['iiot/meet-the-machine', 'maintenance/bearing-alarm']);
  const proposal = propose(curriculum, LABS, passed, NOBODY)!;
  expect(proposal).toMatchObject({ path: { id: 'quality-engineer' }, suitsRole: false, suitsGoal: false });
});

test('labs come in the order of the path, and those that fit the hours are the first of them', () => {
  const [, maintenance] = curriculum.paths;
  const back = [...LABS].reverse();
  expect(labsOf(maintenance, back).map(({ area }) => area)).toEqual(['iiot', 'maintenance']);
  const wish = { role: 'maintenance', goal: undefined };
  expect(propose(curriculum, back, new Set(), { ...wish, hours: 1 })!.inTime).toEqual([]);
  expect(propose(curriculum, back, new Set(), { ...wish, hours: 2.5 })!.inTime).toHaveLength(2);
  const done = new Set(['iiot/meet-the-machine']);
  expect(propose(curriculum, back, done, { ...wish, hours: 1 })!.inTime).toEqual([lab('maintenance/bearing-alarm')]);
});

test('a server without areas proposes nothing', () => {
  expect(propose({ paths: [] }, LABS, new Set(), NOBODY)).toBeUndefined();
});

test('practice stands in no path', () => {
  const practice = { ...lab('iiot/first-steps', 10), counts: false };
  const path = curriculum.paths.find(({ areas }) => areas.includes('iiot'))!;
  expect(labsOf(path, [practice, ...LABS])).toEqual(labsOf(path, LABS));
});
