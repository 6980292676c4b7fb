import { NotYet, type Value } from './expression/value.ts';
import { readAnswer } from './answers.ts';
import type { Ask, Understood } from './ask.ts';
import type { AnswerCheck, Reference, Wanted } from './check.ts';
import { failed, type Finding, passed, waiting } from './outcome.ts';
import { numberOf, shownAs, valueOf, type Values } from './reference.ts';
import { FactMissing } from './stored-facts.ts';
import { isWithin } from './tolerance.ts';

type Read = Readonly<Record<string, Understood>>;

const LONGEST_SHOWN = 200;

/** Right if all its answers are right. An empty or unreadable field is not judged and costs no try. */
export function judgeAnswers(
  check: AnswerCheck,
  asks: readonly Ask[],
  typed: Readonly<Record<string, string>>,
  values: Values,
): Finding {
  const read: Record<string, Understood> = {};
  for (const { ask } of check.wanted) {
    const answer = (values.again?.read ?? readAnswer)(typed[ask], getAsk(asks, ask));
    if (answer === undefined) return waiting('missing');
    if ('problem' in answer) return waiting('unread', { answer: typed[ask].slice(0, LONGEST_SHOWN) });
    read[ask] = answer;
  }
  const seen = { answer: check.wanted.map(({ ask }) => typed[ask].trim().slice(0, LONGEST_SHOWN)).join('; ') };
  const fits = (ask: string, is: Reference) => {
    const wanted = check.wanted.find((one) => one.ask === ask);
    return isRight(read, { ...(wanted ?? { ask }), is }, getAsk(asks, ask), values);
  };
  const wanted = check.wanted.map(({ is }) => valueOf(is, values));
  // Nothing is right where the wanted value cannot be known.
  if (wanted.some((one) => typeof one === 'number' && Number.isNaN(one))) return waiting('unknown', seen);
  if (check.wanted.every(({ ask, is }) => fits(ask, is))) return passed(seen);
  const tell = check.tells.find(({ is }) =>
    Object.entries(is).every(([ask, value]) => looksLike(() => fits(ask, value))),
  );
  return { ...failed('other', seen), ...(tell && { tell: tell.id }) };
}

/** A mistake whose value cannot be known any more is none that we recognise. */
function looksLike(fits: () => boolean): boolean {
  try {
    return fits();
  } catch (error) {
    if (error instanceof FactMissing || error instanceof NotYet) return false;
    throw error;
  }
}

function isRight(read: Read, wanted: Wanted, ask: Ask, values: Values): boolean {
  const value = read[wanted.ask]?.value;
  const is = valueOf(wanted.is, values);
  const { within } = wanted;
  if (Array.isArray(value))
    return fitsList(value as readonly Value[], Array.isArray(is) ? (is as readonly Value[]) : [is], wanted, values);
  if (typeof value !== 'number' || typeof is !== 'number') return value === is || shownAs(value) === shownAs(is);
  return within ? isWithin(value, is, within, unitOf(ask), values) : value === is;
}

/** As sets: so many of the wanted may be missing, so many others may be there. */
function fitsList(
  got: readonly Value[],
  wanted: readonly Value[],
  { missing, extra, within }: Wanted,
  values: Values,
): boolean {
  const allowed = (reference: Reference | undefined) => (reference ? numberOf(reference, values) : 0);
  const same = (a: Value, b: Value): boolean => {
    if (Array.isArray(a) && Array.isArray(b))
      return a.length === b.length && a.every((one, k) => same(one as Value, b[k] as Value));
    if (typeof a === 'number' && typeof b === 'number' && within) return isWithin(a, b, within, '', values);
    return shownAs(a) === shownAs(b);
  };
  const lacking = wanted.filter((one) => !got.some((other) => same(one, other))).length;
  const surplus = got.filter((one) => !wanted.some((other) => same(one, other))).length;
  return lacking <= allowed(missing) && surplus <= allowed(extra);
}

export const unitOf = ({ type, unit = '' }: Ask): string => (type === 'time' ? 's' : unit);

function getAsk(asks: readonly Ask[], id: string): Ask {
  const ask = asks.find((one) => one.id === id);
  if (!ask) throw new Error(`The step has no field "${id}".`);
  return ask;
}
