import type { StepResult } from '#contract/lab-view.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { Action } from '../format.ts';
import { readNumber } from '../judge/numbers.ts';
import type { Lab } from '../lab.ts';
import type { Player } from './player.ts';
import { readShown } from './read-shown.ts';

type Known = Record<string, unknown>;
type Actions = Readonly<Record<string, readonly Action[]>>;

/** Plays a lab step by step and checks each one. `instead` replaces the actions of some steps. */
export async function solve(lab: Lab, player: Player, instead: Actions = {}): Promise<StepResult[]> {
  const view = await player.start(lab.id);
  const known: Known = { shown: Object.fromEntries(readShown(lab, view)) };
  const results: StepResult[] = [];
  for (const { id } of lab.steps) {
    for (const action of instead[id] ?? lab.solution[id] ?? []) await act(lab, player, id, action, known);
    results.push(await player.check(id));
  }
  return results;
}

async function act(lab: Lab, player: Player, step: string, action: Action, known: Known): Promise<void> {
  const get = (value: string | number): unknown => lookUp(value, known);
  if ('recognise' in action) known[action.recognise.as] = recognise(lab, action.recognise.words, known);
  else if ('let' in action)
    for (const [name, { product }] of Object.entries(action.let)) known[name] = multiply(product.map(get));
  else if ('answer' in action)
    await player.answer(
      step,
      Object.fromEntries(Object.entries(action.answer).map(([ask, value]) => [ask, String(get(value))])),
    );
  else if ('subscribe' in action) {
    const { signals, sampling, mode, for: forUs } = action.subscribe;
    const all = signals === '*' ? (await player.signals()).map(({ path }) => path) : undefined;
    const named = (Array.isArray(signals) ? signals : [signals]).flatMap((one) => get(one) as string | string[]);
    await player.subscribe({ signals: all ?? named, samplingMs: numberOf(get(sampling)), mode, forMs: forUs / 1000 });
  } else if ('message' in action) {
    const { signal, as, everything } = action.message;
    known[as] = await player.message(String(get(signal)), everything);
  } else if ('longestStop' in action)
    known[action.longestStop.as] = await longestStop(lab, player, step, action.longestStop);
  else if ('another' in action) {
    const { ask, than, as } = action.another;
    known[as] = Object.keys(lab.texts.en.steps[step].options?.[ask] ?? {}).find((choice) => choice !== get(than));
  } else if ('command' in action) {
    const { target, value, via } = action.command;
    const given = value === undefined ? undefined : get(value);
    await player.command(String(get(target)), given === undefined ? undefined : numberOf(given), via);
  } else await player.runFor(action.runFor);
}

/** `$found.0` is something seen before; anything else is meant as it stands. */
function lookUp(value: string | number, known: Known): unknown {
  if (typeof value === 'number' || !value.startsWith('$')) return value;
  const path = value.slice(1).split('.');
  const found = known.shown as Record<string, string>;
  if (path[0] === 'shown') return found[path.slice(1).join('.')];
  const seen = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], known);
  if (seen === undefined) throw new Error(`The solution has not seen "${value}".`);
  return seen;
}

/** A number as the screen shows it, with its unit, or as it is. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  const [number] = /^[^A-Za-z%{]+/.exec(String(value)) ?? [''];
  const read = readNumber(number, { type: 'number' });
  if ('problem' in read) throw new Error(`"${String(value)}" is no number.`);
  return Number(read.value);
}

/** Rounded to three decimals, as a person would type it. */
const multiply = (factors: readonly unknown[]): number =>
  Number(factors.reduce<number>((product, factor) => product * numberOf(factor), 1).toFixed(3));

/** Which values are meant by the sentences on the screen: what somebody knows who knows the machine. */
function recognise(lab: Lab, words: string, known: Known): string[] {
  const meaning = new Map(
    Object.entries(lab.texts.en.words[words] ?? {}).map(([value, sentence]) => [sentence, value]),
  );
  const shown = Object.entries(known.shown as Record<string, string>);
  const of = shown.filter(([name]) => name === words || name.startsWith(`${words}.`));
  return of
    .sort(([a], [b]) => Number(a.slice(words.length + 1)) - Number(b.slice(words.length + 1)))
    .map(([, sentence]) => {
      const value = meaning.get(sentence);
      if (value === undefined) throw new Error(`Nobody knows what "${sentence}" is.`);
      return value;
    });
}

/** The longest time in which a station gave a reason that is one of the choices of a field. */
async function longestStop(lab: Lab, player: Player, step: string, { ask }: { ask: string }) {
  const choices = Object.entries(lab.texts.en.steps[step].options?.[ask] ?? {});
  const reasons = (await player.signals()).filter(({ path, words }) => path.endsWith('.State.Reason') && words);
  const columns = await player.history(reasons.map(({ path }) => path));
  let longest = { station: '', reason: '', beganUs: 0, us: 0 };
  for (const [k, { tUs, values }] of columns.entries()) {
    const { station, words } = reasons[k];
    for (const [n, value] of values.entries()) {
      const word = words?.[String(value)]?.en;
      const reason = choices.find(([, label]) => label === word)?.[0];
      const us = (tUs[n + 1] ?? -Infinity) - tUs[n];
      if (reason !== undefined && us > longest.us) longest = { station, reason, beganUs: tUs[n], us };
    }
  }
  const { station, reason, beganUs, us } = longest;
  return { station, reason, began: await player.timeOfDay(beganUs), seconds: Math.round(us / SECOND) };
}
