import { expect, test } from 'vitest';
import { draftOf as alarmDraftOf, NEW_ALARM, orderOf } from '#web/workspace/alarms/alarm-draft.ts';
import { judgeMean, loadOf } from '#web/workspace/alarms/alarm-load.ts';
import type { AlarmView } from '#web/workspace/alarms/use-alarms.ts';
import { faultIn, plainDetail } from '#web/workspace/rules/fault-place.ts';
import { definitionOf, draftOf } from '#web/workspace/rules/rule-draft.ts';

const minute = 60e6;

test('the load of alarms counts ten minutes anywhere, the mean, and floods', () => {
  const raised = [5, 8, 14, 14.5, 100].map((at) => at * minute);
  const load = loadOf(raised, 0, 120 * minute);
  expect(load).toEqual({ lastTen: 0, mean: 5 / 12, peak: 4, floodShare: 0 });
  const flood = loadOf(
    Array.from({ length: 11 }, (_, k) => 111 * minute + k * 1e6),
    0,
    120 * minute,
  );
  expect(flood).toEqual({ lastTen: 11, mean: 11 / 12, peak: 11, floodShare: 1 / 12 });
  expect([0.9, 1.5, 2.1].map(judgeMean)).toEqual(['good', 'much', 'tooMuch']);
  expect(loadOf([], 0, 0)).toEqual({ lastTen: 0, mean: 0, peak: 0, floodShare: 0 });
});

test('a refusal is placed in the text that it is about, and in no other', () => {
  const detail = '2:3: > wants a number, and this is a condition.\n  ST03.Door\n  ^';
  const told = { detail, hint: 'Compare it.' };
  expect(faultIn('ST03.Load >\n  ST03.Door', told)).toEqual({
    ...{ at: 14, message: '> wants a number, and this is a condition.', hint: 'Compare it.' },
  });
  expect(faultIn('ST03.Load', told)).toBeUndefined();
  expect(faultIn('x', { detail: 'There are 10 rules already.', hint: '' })).toBeUndefined();
  expect(plainDetail(detail)).toBe('> wants a number, and this is a condition.');
});

test.each([
  { id: 'a', when: 'true', do: 'alarm' },
  { id: 'b', when: 'x > 1', until: 'x < 0', for: '30 s', every: '10 s', do: 'hold', station: 'ST03' },
  { id: 'c', when: 'x > 1', each: '5 parts at ST03', do: 'set', parameter: 'ST02.Belt.Speed', to: 0.2 },
  { id: 'd', when: 'x > 1', do: 'publish', value: 'mean(x, "10 min")' },
])('a rule goes through the form unchanged: %j', (definition) => {
  expect(definitionOf(draftOf(definition), false)).toEqual(definition);
  expect(definitionOf(draftOf(JSON.stringify(definition)), false)).toEqual(definition);
});

test('a decimal comma in the form is a number, and a word stays one for the server to refuse', () => {
  const draft = { ...NEW_ALARM, alarm: 'Hot', signal: 'ST03.Load', limit: '4,5', deadband: 'much' };
  expect(orderOf(draft)).toMatchObject({ target: 'Alarms.Create', value: { limit: 4.5, deadband: 'much' } });
});

test('an alarm that is there keeps its settings in the form, in the words of lengths of time', () => {
  const view: AlarmView = {
    ...{ number: 7, id: 'Hot', signal: 'ST03.Load', kind: 'high', state: 1, enabled: true, limit: 5, deadband: 1 },
    ...{ onDelayS: 90, offDelayS: 0, class: 'own', consequence: { en: 'x', sv: 'y' }, raised: 0 },
    ...{ latching: true, created: true, maxShelfS: 1800 },
    priority: 'high',
    quality: 'Good',
  };
  expect(orderOf(alarmDraftOf(view, 'x'))).toEqual({
    target: 'Alarms.Configure',
    value: {
      ...{ alarm: 'Hot', limit: 5, deadband: 1, priority: 'high', latching: true, enabled: true },
      ...{ onDelay: '90 s', offDelay: '0 s', maxShelf: '30 min' },
    },
  });
});
