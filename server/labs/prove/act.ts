import { SECOND } from '#simulator/kernel/time.ts';
import type { PlantWindow } from '#contract/facts.ts';
import { AppError } from '#server/errors.ts';
import { fitsGlob } from '#contract/glob.ts';
import { instantOf } from '../compile-checks.ts';
import type { Action } from '../format/solution.ts';
import type { Instant } from '../format/words.ts';
import type { Value } from '../judge/expression/value.ts';
import { readNumber } from '../judge/numbers.ts';
import { shownAs } from '../judge/reference.ts';
import type { Lab } from '../lab.ts';
import { longestStop, recognise } from './know.ts';
import type { Player } from './player.ts';
import type { SeenFacts } from './seen-facts.ts';

export interface Playing {
  readonly lab: Lab;
  readonly player: Player;
  readonly step: string;
  readonly facts: SeenFacts;
  /** What was seen or worked out so far; `shown` is what the screen shows. */
  readonly known: Record<string, unknown>;
}

const SEE_FIRST = 'Read it, or work it out with "let", in an earlier action.';
const LONGEST_WAIT_US = 24 * 3600 * SECOND;

/** Does one thing that a participant can do. */
export async function act(action: Action, playing: Playing): Promise<void> {
  const { lab, player, step, known } = playing;
  const get = (value: unknown) => lookUp(value, playing);
  const number = async (value: unknown) => numberOf(await get(value));
  if ('let' in action) {
    for (const [name, value] of Object.entries(action.let))
      known[name] = typeof value === 'number' ? value : await expression(value, playing);
  } else if ('answer' in action) {
    const typed: Record<string, string> = {};
    for (const [ask, value] of Object.entries(action.answer)) typed[ask] = typedAs(await get(value), playing, ask);
    await player.answer(step, typed);
  } else if ('read' in action) await read(action.read, playing);
  else if ('sql' in action) {
    const { query, as, over } = action.sql;
    known[as] = await player.sql(String(await get(query)), await windowOf(over, playing));
  } else if ('write' in action) {
    const { to, value, via } = action.write;
    await player.command(String(await get(to)), await get(value), via);
  } else if ('call' in action) {
    const { method, value, via } = action.call;
    await player.command(String(await get(method)), value === undefined ? undefined : await get(value), via, 'call');
  } else if ('rule' in action) await player.command('Rules.Define', await get(action.rule), 'http', 'call');
  else if ('runUntil' in action) await runUntil(action.runUntil, playing);
  else if ('runFor' in action) await player.runFor(action.runFor);
  else if ('for' in action) {
    const { each, in: list, do: inner } = action.for;
    const items = typeof list === 'string' ? ((await expression(list, playing)) as readonly Value[]) : list;
    for (const item of items) {
      known[each] = item;
      for (const one of inner) await act(one, playing);
    }
  } else if ('recognise' in action) known[action.recognise.as] = recognise(lab, action.recognise.words, known);
  else if ('subscribe' in action) {
    const { signals, sampling, mode, for: forUs } = action.subscribe;
    const all = signals === '*' ? (await player.signals()).map(({ path }) => path) : undefined;
    const named = await Promise.all([signals].flat().map(get));
    await player.subscribe({
      ...{ signals: all ?? (named.flat() as string[]), samplingMs: await number(sampling) },
      ...{ mode, forMs: forUs / 1000 },
    });
  } else if ('message' in action) {
    const { signal, as, everything } = action.message;
    known[as] = await player.message(String(await get(signal)), everything);
  } else if ('longestStop' in action)
    known[action.longestStop.as] = await longestStop(lab, player, step, action.longestStop);
  else {
    const { ask, than, as } = action.another;
    const other = await get(than);
    known[as] = Object.keys(lab.texts.en.steps[step].options?.[ask] ?? {}).find((choice) => choice !== other);
  }
}

/** The screen's numbers are numbers in an expression: `shown.rpm` is 2900, not "2 900 rpm". */
function expression(text: string, { facts, lab, known }: Playing): Promise<Value> {
  const shown = Object.entries(known.shown as Record<string, string>).map(([name, value]) => [
    name,
    findNumber(value) ?? value,
  ]);
  return facts.evaluate(text, lab.names, { ...known, shown: Object.fromEntries(shown) as Value });
}

/** `$found.0` is something seen before, `${...}` an expression; anything else is meant as it stands. */
async function lookUp(value: unknown, playing: Playing): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((one) => lookUp(one, playing)));
  if (typeof value === 'object' && value !== null) {
    const entries = await Promise.all(
      Object.entries(value).map(async ([key, one]) => [key, await lookUp(one, playing)]),
    );
    return Object.fromEntries(entries) as unknown;
  }
  if (typeof value !== 'string') return value;
  const whole = /^\$\{([^}]+)\}$/.exec(value);
  if (whole) return expression(whole[1], playing);
  if (value.includes('${')) {
    let text = '';
    for (const [k, part] of value.split(/\$\{([^}]+)\}/).entries())
      text += k % 2 === 0 ? part : shownAs(await expression(part, playing));
    return text;
  }
  return value.startsWith('$') ? seenBefore(value, playing.known) : value;
}

function seenBefore(value: string, known: Record<string, unknown>): unknown {
  const path = value.slice(1).split('.');
  if (path[0] === 'shown') return (known.shown as Record<string, string>)[path.slice(1).join('.')];
  const seen = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], known);
  if (seen === undefined) throw new AppError('not_seen', `Nothing was seen as "${value}" before.`, SEE_FIRST);
  return seen;
}

/** A number as the screen shows it, with its unit, or as it is. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  const read = findNumber(String(value));
  if (read === undefined) throw new AppError('no_number', `"${String(value)}" is no number.`, SEE_FIRST);
  return read;
}
function findNumber(text: string): number | undefined {
  const [number] = /^[^A-Za-z%{/°]+/.exec(text) ?? [''];
  const read = readNumber(number, { type: 'number' });
  return 'problem' in read ? undefined : Number(read.value);
}

/** As a person would type it: as many decimals as are asked for, or six digits. */
function typedAs(value: unknown, { lab, step }: Playing, ask: string): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value !== 'number') return String(value);
  const decimals = lab.steps.find(({ id }) => id === step)?.asks.find(({ id }) => id === ask)?.decimals;
  return decimals === undefined ? String(Number(value.toPrecision(6))) : value.toFixed(decimals);
}

async function read(order: Extract<Action, { read: unknown }>['read'], playing: Playing): Promise<void> {
  const { player, known } = playing;
  const { as, over, at, via } = order;
  const signal = String(await lookUp(order.signal, playing));
  const isGlob = signal.includes('*');
  const paths = isGlob
    ? (await player.signals()).map(({ path }) => path).filter((path) => fitsGlob(path, signal))
    : [signal];
  const { simUs } = await player.clock();
  const instants = at ? await Promise.all(at.map((one) => usOf(one, playing))) : [simUs];
  const window = await windowOf(over, playing);
  const values: Value[][] = paths.map(() => []);
  for (const t of window ? [undefined] : instants) {
    const columns = await player.history(paths, window ?? { fromUs: t!, toUs: t! }, via);
    for (const [k, column] of columns.entries())
      values[k].push(...(window ? column.values : column.values.slice(0, 1)));
  }
  const shaped = values.map((list): Value => (over !== undefined || at ? list : list[0]));
  known[as] = isGlob ? Object.fromEntries(paths.map((path, k) => [path.split('.')[0], shaped[k]])) : shaped[0];
}

async function windowOf(name: string | undefined, playing: Playing): Promise<PlantWindow | undefined> {
  if (name === undefined) return undefined;
  const { from, to } = (await expression(name, playing)) as { from: number; to: number };
  return { fromUs: Math.round(from * SECOND), toUs: Math.round(to * SECOND) };
}

async function usOf(at: Instant, playing: Playing): Promise<number> {
  const instant = instantOf(at, playing.lab.cell.start);
  const seconds = typeof instant === 'number' ? instant : Number(await expression(instant, playing));
  return Math.round(seconds * SECOND);
}

async function runUntil(until: Extract<Action, { runUntil: unknown }>['runUntil'], playing: Playing): Promise<void> {
  const { player } = playing;
  if ('event' in until) await player.runUntilEvent(until.event, until.within ?? LONGEST_WAIT_US);
  else if ('rule' in until) await player.runUntilEvent('Rules.RuleFired', until.within ?? LONGEST_WAIT_US);
  else {
    const { simUs } = await player.clock();
    const wantedUs = await usOf(until, playing);
    if (wantedUs > simUs) await player.runFor(wantedUs - simUs);
  }
}
