import { expect, test } from 'vitest';
import type { RecordedAttempt } from '#contract/lab-record.ts';
import { leftAt, standingOf } from '#web/home/standing.ts';
import { recordCsv } from '#web/record/record-csv.ts';

const LAB = { id: 'iiot/meet-the-machine', area: 'iiot', areaTitle: 'Industrial IoT', title: 'Meet "it"', aim: '' };

const attempt = (number: number, passed: boolean, points: number, judgedMs: number): RecordedAttempt => ({
  ...{ id: `a-${number}`, cell: 'c-1', number, startedMs: number * 1000, passed, points, outOf: 10 },
  lab: { ...LAB, minutes: 60, version: 2, steps: 1, points: 10, counts: true },
  steps: [
    {
      ...{ id: 'find', title: 'Find', passed, points, outOf: 10, judged: 1, judgedMs },
      checks: [{ id: 'one', aim: '=A1, or so', status: 'failed', points, outOf: 10, explanation: 'It\nwas 3' }],
    },
  ],
});

test('the record as CSV has a row for each check, quoted, and no cell that a spreadsheet would calculate', () => {
  const [head, row, ...rest] = recordCsv([attempt(1, false, 0, 5000)]).split('\r\n');
  expect(head.split(',')).toHaveLength(15);
  expect(row).toBe(
    'iiot/meet-the-machine,"Meet ""it""",2,1,1970-01-01T00:00:01.000Z,false,find,false,1970-01-01T00:00:05.000Z,one,"\'=A1, or so",failed,0,10,"It\nwas 3"',
  );
  expect(rest).toEqual(['']);
});

test('a lab is passed once one of its attempts is; one goes on where something happened last', () => {
  const record = [attempt(3, false, 2, 9000), attempt(2, true, 8, 8000), attempt(1, true, 9, 7000)];
  expect(standingOf(LAB.id, record)).toMatchObject({ state: 'passed', attempt: { number: 1 } });
  expect(standingOf(LAB.id, record.slice(0, 1))).toMatchObject({ state: 'started', attempt: { number: 3 } });
  expect(standingOf('other/lab', record)).toEqual({ state: 'new', attempt: undefined });
  expect(leftAt([attempt(5, false, 0, 1), attempt(4, false, 0, 90_000)])?.number).toBe(4);
  expect(leftAt([attempt(2, true, 8, 8000)])).toBeUndefined();
});
