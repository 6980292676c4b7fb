import type { Facts, PlantWindow } from '#contract/facts.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { type LabFunctions, partsDone, span } from './lab-function.ts';

const firings = (facts: Facts, rule: string, over: PlantWindow): number[] =>
  facts.keep(`rule ${rule} ${span(over)}`, () => {
    const number = Number(facts.drawn[`#rule ${rule}`] ?? -1);
    return facts.events('*.RuleFired', over).flatMap(({ t, value }) => (value === number ? [t / SECOND] : []));
  });

/** Of the rules of participants. */
export const RULE_FUNCTIONS: LabFunctions = {
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
};
