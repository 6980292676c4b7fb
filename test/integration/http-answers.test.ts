import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnswerEcho, StepResult } from '#contract/lab-view.ts';
import { type ApiClient, type ServerForTest, startServer } from '#test/support/start-server.ts';

let server: ServerForTest;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

let ann: ApiClient;
let attempt: string;
/** The lab asks for a station, a choice, a time and a number of seconds in one step. */
beforeEach(async () => {
  ann ??= await server.tryIt();
  attempt ??= (await ann.send('POST', '/attempts', { lab: 'iiot/meet-the-machine' })).body.id as unknown as string;
});

const put = (answers: unknown, step = 'stop') => ann.send('PUT', `/attempts/${attempt}/answers/${step}`, { answers });
const check = async (step = 'stop') =>
  (await ann.send('POST', `/attempts/${attempt}/steps/${step}/check`)).body as unknown as StepResult;
const view = async () => (await ann.send('GET', `/attempts/${attempt}?language=en`)).body;

async function echoOf(ask: string, typed: string): Promise<AnswerEcho> {
  const { status, body } = await put({ [ask]: typed });
  expect(status).toBe(200);
  return (body as unknown as AnswerEcho[]).find((echo) => echo.ask === ask)!;
}

/** What was understood, as it is echoed under the field. */
test.each([
  ['lasted', '275', /^275 s$/],
  ['lasted', '275,5', /^275[.,]5 s$/],
  ['lasted', '275.5', /^275[.,]5 s$/],
  ['lasted', '  275  ', /^275 s$/],
  ['lasted', '1 275', /^1\s?275 s$/],
  ['lasted', '1’275 s', /^1\s?275 s$/],
  ['lasted', '4,5 min', /270 s/],
  ['lasted', '4 min 35 s', /275 s/],
  ['lasted', '0.0', /^0 s$/],
  ['began', '05:48:10', /05:48:10/],
  ['began', 'kl 5.48', /05:48/],
  ['began', 'Mon 05:48', /05:48/],
  ['station', ' st03 ', /ST03/],
  ['reason', 'chip-jam', /./],
])('%s as %j is understood and echoed', async (ask, typed, wanted) => {
  const echo = await echoOf(ask, typed);
  expect(echo.problem).toBeUndefined();
  expect(echo.understood).toMatch(wanted);
  expect(echo.typed).toBe(typed);
});

const ABSURD: readonly (readonly [ask: string, typed: string])[] = [
  ['lasted', '1.275,5'],
  ['lasted', '1,2,3'],
  ['lasted', 'about five minutes'],
  ['lasted', '275 kg'],
  ['lasted', '-275'],
  ['lasted', '1e400'],
  ['lasted', '9'.repeat(400)],
  ['lasted', 'Infinity'],
  ['lasted', 'NaN'],
  ['lasted', '275'.repeat(5000)],
  ['lasted', '٢٧٥'],
  ['lasted', '<script>alert(1)</script>'],
  ['began', '25:61'],
  ['began', 'yesterday'],
  ['began', '275'],
  ['station', 'ST99'],
  ['station', '__proto__'],
  ['reason', 'constructor'],
  ['reason', 'x'.repeat(90_000)],
];

describe('what cannot be understood', () => {
  test.each(ABSURD.map(([ask, typed]) => [ask, typed.length > 40 ? `${typed.length} characters` : typed, typed]))(
    '%s as %j is told with a hint, and is there again afterwards',
    async (ask, _, typed) => {
      const echo = await echoOf(ask, typed);
      expect(echo.understood).toBeUndefined();
      expect(echo.problem!.length).toBeGreaterThan(10);
      expect(echo.problem!.length).toBeLessThan(400);
      const { answers } = await view();
      const kept = (answers.stop as unknown as AnswerEcho[]).find((one) => one.ask === ask)!;
      expect(kept.typed).toBe(typed);
    },
  );

  test('costs no try, and neither does an empty field', async () => {
    const before = (await check()).triesLeft;
    for (const [ask, typed] of ABSURD) {
      // Alone: another field that is understood and wrong does cost a try.
      await put({ station: '', reason: '', began: '', lasted: '', [ask]: typed });
      expect((await check()).triesLeft, `${ask}: ${typed.slice(0, 40)}`).toBe(before);
    }
    for (const blank of ['', '   ', '\n\t']) {
      await put({ station: blank, reason: blank, began: blank, lasted: blank });
      expect((await check()).triesLeft, JSON.stringify(blank)).toBe(before);
    }
  });
});

test('wrong types and unknown fields are refused with a sentence, and nothing that was typed is lost', async () => {
  await put({ lasted: '123', station: 'ST07' });
  for (const answers of [{ lasted: 123 }, { lasted: null }, { lasted: ['1'] }, { lasted: {} }, 'lasted', null, [1]]) {
    const { status, body } = await put(answers);
    expect(status, JSON.stringify(answers)).toBe(400);
    expect(JSON.stringify(body.detail).length).toBeGreaterThan(10);
  }
  const zero = await put({ lasted: '1\u0000 2' });
  expect(zero.status).toBe(400);
  expect(JSON.stringify(zero.body)).toContain('zero byte');
  const unknown = await put({ nothing: '1' });
  expect(unknown.status).toBe(400);
  expect(unknown.body.hint).toBeTruthy();
  expect((await put({ lasted: '1' }, 'nowhere')).status).toBe(404);
  const kept = (await view()).answers.stop as unknown as AnswerEcho[];
  expect(kept.find(({ ask }) => ask === 'lasted')!.typed).toBe('123');
  expect(kept.find(({ ask }) => ask === 'station')!.typed).toBe('ST07');
});

test('a megabyte of text is refused with a sentence, and the server goes on', async () => {
  await put({ lasted: '124' });
  const tries = (await check()).triesLeft;
  for (const typed of ['1'.repeat(1_000_000), 'å'.repeat(1_000_000), '1 '.repeat(500_000)]) {
    const { status, body } = await put({ lasted: typed });
    expect(status).toBe(413);
    expect(JSON.stringify(body.detail).length).toBeGreaterThan(10);
  }
  expect((await put({ lasted: '1'.repeat(150_000) })).status).toBe(400);
  const kept = (await view()).answers.stop as unknown as AnswerEcho[];
  expect(kept.find(({ ask }) => ask === 'lasted')!.typed).toBe('124');
  expect((await check()).triesLeft).toBe(tries);
});
