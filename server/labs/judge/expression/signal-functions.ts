import type { Facts, PlantWindow } from '#contract/facts.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { type LabFunction, type LabFunctions, partsDone, span, usOf } from './lab-function.ts';
import { MEASURES } from './measures.ts';
import { firstTrueS, shareOf, timesTrue } from './sweep.ts';
import { NotYet } from './value.ts';

const measure = (name: string): LabFunction => ({
  takes: ['signal', 'window'],
  apply({ facts, text, window }) {
    const [path, over] = [text(0), window(1)];
    return facts.keep(`${name} ${path} ${span(over)}`, () => MEASURES[name](facts.signal(path, over), over));
  },
});

/** What the line counts need not be read sample by sample. */
const counted = (name: string, of: (integral: number, seconds: number) => number): LabFunction => ({
  takes: ['signal', 'window'],
  apply({ facts, text, window }) {
    const [path, over] = [text(0), window(1)];
    return facts.keep(`${name} ${path} ${span(over)}`, () => {
      const integral = over.toUs > over.fromUs ? facts.integral?.(path, over) : undefined;
      if (integral === undefined) return MEASURES[name](facts.signal(path, over), over);
      return of(integral, (over.toUs - over.fromUs) / SECOND);
    });
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

/** Of signals and events in time, and at parts. */
export const SIGNAL_FUNCTIONS: LabFunctions = {
  ...Object.fromEntries(Object.keys(MEASURES).map((name) => [name, measure(name)])),
  mean: counted('mean', (integral, seconds) => integral / seconds),
  integral: counted('integral', (integral) => integral),
  /** What lies between does not matter: a counter is read twice. */
  delta: {
    takes: ['signal', 'window'],
    apply({ facts, text, window }) {
      const [path, over] = [text(0), window(1)];
      return facts.keep(`delta ${path} ${span(over)}`, () => {
        const edges = facts.edges?.(path, over);
        return edges ? edges[1] - edges[0] : MEASURES.delta(facts.signal(path, over), over);
      });
    },
  },
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
};
