import type { Facts } from '#contract/facts.ts';
import { readAnswer } from './answers.ts';
import type { Ask, Understood } from './ask.ts';
import type { AnswerCheck, Reference } from './check.ts';
import { failed, type Finding, passed } from './outcome.ts';
import { valueOf } from './reference.ts';
import { isWithin, type Tolerance } from './tolerance.ts';

type Read = Readonly<Record<string, Understood>>;

/** Right if all its answers are right. An empty or unreadable field is not judged and costs no try. */
export function judgeAnswers(
  check: AnswerCheck,
  asks: readonly Ask[],
  typed: Readonly<Record<string, string>>,
  facts: Facts,
): Finding {
  const read: Record<string, Understood> = {};
  for (const { ask } of check.wanted) {
    const answer = readAnswer(typed[ask], getAsk(asks, ask));
    if (answer === undefined) return { status: 'waiting', cause: 'missing', seen: {} };
    if ('problem' in answer) return { status: 'waiting', cause: 'unread', seen: { answer: typed[ask] } };
    read[ask] = answer;
  }
  const seen = { answer: check.wanted.map(({ ask }) => typed[ask].trim()).join('; ') };
  const fits = (ask: string, is: Reference, within: Tolerance | undefined) =>
    isRight(read[ask], valueOf(is, facts.drawn), within, unitOf(getAsk(asks, ask)));
  if (check.wanted.every(({ ask, is, within }) => fits(ask, is, within))) return passed(seen);
  const withinOf = (ask: string) => check.wanted.find((wanted) => wanted.ask === ask)?.within;
  const tell = check.tells.find(({ is }) =>
    Object.entries(is).every(([ask, value]) => fits(ask, value, withinOf(ask))),
  );
  return { ...failed('other', seen), ...(tell && { tell: tell.id }) };
}

function isRight(
  { value }: Read[string],
  wanted: number | string,
  within: Tolerance | undefined,
  unit: string,
): boolean {
  if (typeof value !== 'number' || typeof wanted !== 'number') return value === wanted;
  return within ? isWithin(value, wanted, within, unit) : value === wanted;
}

const unitOf = ({ type, unit = '' }: Ask): string => (type === 'time' ? 's' : unit);

function getAsk(asks: readonly Ask[], id: string): Ask {
  const ask = asks.find((one) => one.id === id);
  if (!ask) throw new Error(`The step has no field "${id}".`);
  return ask;
}
