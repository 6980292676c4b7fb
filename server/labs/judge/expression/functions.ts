import type { ASTNode } from '@marcbachmann/cel-js';
import type { Facts, PlantWindow } from '#contract/facts.ts';
import { outside, subgroupsOf, xbarR, imr } from '#simulator/cell/spc.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { evaluateNode, numberOf, type Scope, textOf } from './evaluate.ts';
import { MEASURES } from './measures.ts';
import { envelopePeakHz, spectrumPeakHz } from './spectrum.ts';
import { firstTrueS, shareOf, timesTrue } from './sweep.ts';
import { isList, isRow, NotYet, Path, type Term, type Value } from './value.ts';

/** What an argument is: a signal, a window, an instant or other number, a condition over signals, a station ... */
export type ArgumentKind = 'signal' | 'window' | 'number' | 'condition' | 'station' | 'event' | 'text' | 'list' | 'of';

export interface LabFunction {
  /** The last ones may be missing if they end with `?`. */
  readonly takes: readonly (ArgumentKind | `${ArgumentKind}?`)[];
  /** Whether it looks behind what a participant can see. */
  readonly isSecret?: boolean;
  readonly apply: (args: Arguments) => Value;
}

/** The arguments of a call, evaluated as each function wants them. */
export interface Arguments {
  readonly facts: Facts;
  readonly scope: Scope;
  readonly nodes: readonly ASTNode[];
  readonly text: (k: number) => string;
  readonly number: (k: number) => number;
  readonly window: (k: number) => PlantWindow;
  readonly value: (k: number) => Value;
}

export const usOf = (seconds: number): number => Math.round(seconds * SECOND);

/** `{from, to}` in seconds as a window that has passed. */
export function pastWindow(value: Term, nowUs: number): PlantWindow {
  const { from, to } = isRow(value) ? value : { from: NaN, to: NaN };
  const window = { fromUs: usOf(Number(from)), toUs: usOf(Number(to)) };
  if (Number.isNaN(window.fromUs) || Number.isNaN(window.toUs)) throw new NotYet();
  if (window.toUs > nowUs) throw new NotYet(window.toUs / SECOND);
  // It begins later than it ends, as one does that ends now: nobody is told when, which may have been drawn.
  if (window.fromUs > window.toUs) throw new NotYet();
  return window;
}

export function callFunction(facts: Facts, name: string, nodes: readonly ASTNode[], scope: Scope): Term | undefined {
  const found = FUNCTIONS[name];
  if (found === undefined || !Object.hasOwn(FUNCTIONS, name)) return undefined;
  const term = (k: number): Term => (nodes[k] === undefined ? NaN : evaluateNode(nodes[k], scope));
  return found.apply({
    ...{ facts, scope, nodes },
    text: (k) => textOf(term(k)),
    number: (k) => numberOf(term(k), scope),
    window: (k) => pastWindow(term(k), facts.nowUs),
    value(k) {
      const value = term(k);
      return value instanceof Path ? value.path : value;
    },
  });
}

const span = ({ fromUs, toUs }: PlantWindow): string => `${fromUs}-${toUs}`;

const measure = (name: string): LabFunction => ({
  takes: ['signal', 'window'],
  apply({ facts, text, window }) {
    const [path, over] = [text(0), window(1)];
    return facts.keep(`${name} ${path} ${span(over)}`, () => MEASURES[name](facts.signal(path, over), over));
  },
});

/** The values that a signal had when each part was done at its station. */
function valuesOfParts(facts: Facts, path: string, over: PlantWindow): number[] {
  const station = path.split('.')[0];
  const done = facts.events(`${station}.PartDone`, over);
  if (done.length === 0) return [];
  const samples = facts.signal(path, over);
  let k = 0;
  return done.map(({ t }) => {
    while (k + 1 < samples.length && samples[k + 1].tUs <= t) k += 1;
    return samples[k].value;
  });
}

const partsDone = (facts: Facts, station: string, over: PlantWindow): number[] =>
  facts.keep(`parts ${station} ${span(over)}`, () =>
    facts.events(`${station}.PartDone`, over).map(({ t }) => t / SECOND),
  );

const energyKwh = (facts: Facts, of: string, over: PlantWindow): number =>
  facts.keep(`truth.energy ${of} ${span(over)}`, () => {
    const before = new Map(facts.totals(over.fromUs).stations.map(({ id, energyKwh: kwh }) => [id, kwh]));
    return facts
      .totals(over.toUs)
      .stations.filter(({ id }) => (of === 'line' ? true : of === 'stations' ? id !== 'ST12' : id === of))
      .reduce((sum, { id, energyKwh: kwh }) => sum + kwh - (before.get(id) ?? 0), 0);
  });
const hours = ({ fromUs, toUs }: PlantWindow): number => (toUs - fromUs) / (3600 * SECOND);

const count = (facts: Facts, what: 'finished' | 'scrapped' | 'started', over: PlantWindow): number =>
  facts.keep(
    `truth.parts ${what} ${span(over)}`,
    () => facts.totals(over.toUs)[what] - facts.totals(over.fromUs)[what],
  );

const truthOf = (of: (facts: Facts, over: PlantWindow, station: string) => number, name: string): LabFunction => ({
  takes: ['of', 'window'],
  isSecret: true,
  apply: ({ facts, text, window }) => {
    const [station, over] = [text(0), window(1)];
    return facts.keep(`truth.${name} ${station} ${span(over)}`, () => of(facts, over, station));
  },
});

const firings = (facts: Facts, rule: string, over: PlantWindow): number[] =>
  facts.keep(`rule ${rule} ${span(over)}`, () => {
    const number = Number(facts.drawn[`#rule ${rule}`] ?? -1);
    return facts.events('*.RuleFired', over).flatMap(({ t, value }) => (value === number ? [t / SECOND] : []));
  });

const groupsOf = (value: Value): number[][] =>
  isList(value) ? value.map((group) => (isList(group) ? group.map(Number) : [Number(group)])) : [];
const rounded = ({ centre, lower, upper }: { centre: number; lower: number; upper: number }) => ({
  cl: centre,
  lcl: lower,
  ucl: upper,
});

/** All functions of labs. Those of participants' rules are in simulator/rules; names that both have mean the same. */
export const FUNCTIONS: Readonly<Record<string, LabFunction>> = {
  ...Object.fromEntries(Object.keys(MEASURES).map((name) => [name, measure(name)])),
  value: {
    takes: ['signal', 'number?'],
    apply({ facts, text, nodes, number }) {
      const path = text(0);
      const at = nodes[1] === undefined ? facts.nowUs : usOf(number(1));
      if (!(at <= facts.nowUs)) throw new NotYet(at / SECOND);
      return facts.keep(`value ${path} ${at}`, () => facts.signal(path, { fromUs: at, toUs: at })[0].value);
    },
  },
  share: { takes: ['condition', 'window'], apply: (args) => shareOf(args, args.window(1)) },
  firstTrue: { takes: ['condition', 'window'], apply: (args) => firstTrueS(args, args.window(1)) },
  count: { takes: ['condition', 'window'], apply: (args) => timesTrue(args, args.window(1)) },
  events: {
    takes: ['event', 'window'],
    apply: ({ facts, text, window }) => {
      const [glob, over] = [text(0), window(1)];
      return facts.keep(`events ${glob} ${span(over)}`, () => facts.events(glob, over).map(({ t }) => t / SECOND));
    },
  },
  parts: {
    takes: ['station', 'window'],
    apply: ({ facts, text, window }) => partsDone(facts, text(0), window(1)).length,
  },
  last: {
    takes: ['signal', 'text'],
    apply: ({ facts, text }) => {
      const n = Number(/^(\d+) parts$/.exec(text(1))?.[1] ?? NaN);
      const path = text(0);
      const over = { fromUs: 0, toUs: facts.nowUs };
      return facts.keep(`last ${path} ${n}`, () => valuesOfParts(facts, path, over).slice(-n));
    },
  },
  each: {
    takes: ['signal', 'window'],
    apply: ({ facts, text, window }) => {
      const [path, over] = [text(0), window(1)];
      return facts.keep(`each ${path} ${span(over)}`, () => valuesOfParts(facts, path, over));
    },
  },
  spectrumPeak: {
    takes: ['text', 'number'],
    apply: ({ facts, text, number }) => {
      const [path, at] = [text(0), usOf(number(1))];
      return facts.keep(`spectrumPeak ${path} ${at}`, () => spectrumPeakHz(facts.capture(path, at)));
    },
  },
  /** In the envelope of a band (Hz, from and to): the highest line between two frequencies. */
  envelopePeak: {
    takes: ['text', 'number', 'number', 'number', 'number', 'number'],
    apply: ({ facts, text, number }) => {
      const [path, at] = [text(0), usOf(number(1))];
      const [low, high, from, to] = [number(2), number(3), number(4), number(5)];
      const question = `envelopePeak ${path} ${at} ${low}-${high} ${from}-${to}`;
      return facts.keep(question, () => envelopePeakHz(facts.capture(path, at), [low, high], [from, to]));
    },
  },
  round: {
    takes: ['number', 'number?'],
    apply: ({ number, nodes }) => roundTo(number(0), nodes[1] === undefined ? 0 : number(1)),
  },
  abs: { takes: ['number'], apply: ({ number }) => Math.abs(number(0)) },
  sqrt: { takes: ['number'], apply: ({ number }) => Math.sqrt(number(0)) },
  least: { takes: ['list'], apply: ({ value }) => Math.min(...groupsOf(value(0)).flat()) },
  most: { takes: ['list'], apply: ({ value }) => Math.max(...groupsOf(value(0)).flat()) },
  average: {
    takes: ['list'],
    apply: ({ value }) => {
      const all = groupsOf(value(0)).flat();
      return all.reduce((sum, x) => sum + x, 0) / all.length;
    },
  },
  'spc.subgroups': {
    takes: ['list', 'number'],
    apply: ({ value, number }) => subgroupsOf(groupsOf(value(0)).flat(), number(1)),
  },
  'spc.xbarR': {
    takes: ['list'],
    apply: ({ value }) => {
      const { location, spread, sigma } = xbarR(groupsOf(value(0)));
      return { ...rounded(location), clR: spread.centre, uclR: spread.upper, lclR: spread.lower, sigma };
    },
  },
  'spc.imr': {
    takes: ['list'],
    apply: ({ value }) => {
      const { location, spread, sigma } = imr(groupsOf(value(0)).flat());
      return { ...rounded(location), uclR: spread.upper, sigma };
    },
  },
  /** Which subgroups have a mean outside the limits of all of them, counted from 1. */
  'spc.outside': {
    takes: ['list'],
    apply: ({ value }) => {
      const groups = groupsOf(value(0));
      const means = groups.map((group) => group.reduce((sum, x) => sum + x, 0) / group.length);
      return outside(means, xbarR(groups).location).map((k) => k + 1);
    },
  },
  'rule.alarms': {
    takes: ['text', 'window'],
    apply: ({ facts, text, window }) => firings(facts, text(0), window(1)).length,
  },
  /** Seconds from the beginning of the window; NaN if it never fired. */
  'rule.firstAlarm': {
    takes: ['text', 'window'],
    apply: ({ facts, text, window }) => (firings(facts, text(0), window(1))[0] ?? NaN) - window(1).fromUs / SECOND,
  },
  /** Parts done at a station from the beginning of the window until the rule fired. */
  'rule.partsToAlarm': {
    takes: ['text', 'window', 'station'],
    apply: ({ facts, text, window }) => {
      const [first] = firings(facts, text(0), window(1));
      return first === undefined ? NaN : partsDone(facts, text(2), window(1)).filter((s) => s <= first).length;
    },
  },
  'truth.energy': {
    takes: ['of', 'window'],
    isSecret: true,
    apply: ({ facts, text, window }) => energyKwh(facts, text(0), window(1)),
  },
  'truth.power': {
    takes: ['of', 'window'],
    isSecret: true,
    apply: ({ facts, text, window }) => energyKwh(facts, text(0), window(1)) / hours(window(1)),
  },
  'truth.parts': {
    takes: ['text', 'window'],
    isSecret: true,
    apply: ({ facts, text, window }) => {
      const over = window(1);
      const good = () => count(facts, 'finished', over);
      return text(0) === 'good'
        ? good()
        : text(0) === 'scrapped'
          ? count(facts, 'scrapped', over)
          : good() + count(facts, 'scrapped', over);
    },
  },
  'truth.scrapRate': {
    takes: ['window'],
    isSecret: true,
    apply: ({ facts, window }) => {
      const bad = count(facts, 'scrapped', window(0));
      return bad / (bad + count(facts, 'finished', window(0)));
    },
  },
  'truth.oee': truthOf(
    (facts, over, of) => (of === 'line' ? facts.truth(over).line.oee : facts.truth(over).stations[of].oee),
    'oee',
  ),
  'truth.utilisation': truthOf((facts, over, of) => facts.truth(over).stations[of].availability, 'utilisation'),
  'truth.serials': {
    takes: ['station', 'number', 'number'],
    isSecret: true,
    apply: ({ facts, text, number }) => {
      const over = { fromUs: usOf(number(1)), toUs: usOf(number(2)) };
      if (Number.isNaN(over.fromUs) || Number.isNaN(over.toUs)) throw new NotYet();
      return facts.keep(`truth.serials ${text(0)} ${span(over)}`, () =>
        facts.events(`${text(0)}.PartDone`, over).map(({ value }) => value),
      );
    },
  },
  /** When the fault of this kind began, in seconds; NaN if it did not. */
  'truth.began': {
    takes: ['text'],
    isSecret: true,
    apply: ({ facts, text }) =>
      facts.keep(`truth.began ${text(0)}`, () => {
        const met = facts.truth({ fromUs: 0, toUs: facts.nowUs }).faults.find(({ fault }) => fault === text(0));
        return met === undefined ? NaN : met.beganUs / SECOND;
      }),
  },
};

const roundTo = (x: number, decimals: number): number => Number(x.toFixed(Math.max(0, Math.min(12, decimals))));
