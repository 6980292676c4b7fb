import { timer } from '#simulator/kernel/calendar.ts';
import { jsonObject, words } from '#simulator/plant/command-argument.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import { held, type Signal } from '#simulator/plant/signal.ts';
import { type Self, stationType } from '#simulator/plant/station-type.ts';
import { text } from '#simulator/plant/texts.ts';
import { type RuleBook, ruleBook } from './rule-book.ts';
import { type RuleState, RuleStatus } from './rule-state.ts';

const fields = { book: ruleBook(), scan: timer() };
type RulesSelf = Self<typeof fields>;

const plan = (s: RulesSelf, t: number): void => s.scan.at(s.book.nextUs(t));

/**
 * Rules that participants write: they look at the newest samples at whole multiples of their period, and act once when
 * they become true. It has no place on the floor. Without a rule its timer is not set.
 */
export const rules = stationType('rules', {
  fields,
  on: {
    scan(s, t) {
      s.book.run(t);
      plan(s, t);
    },
  },
  commands: {
    Define: {
      wants: jsonObject(
        'Rule',
        'The rule',
        'Regeln',
        '{"id":"hot","when":"ST03.Spindle.Temperature > 60","for":"30 s","do":"alarm"}',
      ),
      obey(s, t, value) {
        s.book.define(value);
        plan(s, t);
      },
      ...text(
        'Define: a rule {id, when, until?, for?, every?, each?, do, ...}, new or anew',
        'Bestäm: en regel {id, when, until?, for?, every?, each?, do, ...}, ny eller om igen',
      ),
    },
    Remove: {
      wants: words('Rule', 'The name of the rule', 'Regelns namn', 'hot'),
      obey(s, t, value) {
        s.book.remove(value);
        plan(s, t);
      },
      ...text('Remove a rule, by name', 'Ta bort en regel, med namn'),
    },
  },
  signals: (s) => s.book.states.flatMap((state) => signalsOf(s.book, state)),
  captures: (s) => [
    {
      name: 'All',
      ...text('All rules as they were defined', 'Alla regler så som de bestämdes'),
      take: () => ({ kind: 'document', content: { rules: s.book.describe() } }),
    },
  ],
});

const WORDS = {
  [RuleStatus.None]: { en: 'no rule', sv: 'ingen regel' },
  [RuleStatus.Unknown]: { en: 'unknown', sv: 'okänd' },
  [RuleStatus.Clear]: { en: 'not true', sv: 'inte sann' },
  [RuleStatus.Waiting]: { en: 'true, not yet for long enough', sv: 'sann, men inte tillräckligt länge' },
  [RuleStatus.Fired]: { en: 'fired', sv: 'utlöst' },
};

/** A hidden rule looks like none. */
const signalsOf = (book: RuleBook, state: RuleState): Signal[] => {
  const shown = (value: number): number => (book.isHidden(state) ? 0 : value);
  const path = (name: string): string => `R${state.number}.${name}`;
  return [
    held(path('Status'), '1', () => shown(state.status), {
      ...text(`State of rule ${state.number}`, `Läge för regel ${state.number}`),
      range: [0, 4],
      words: WORDS,
    }),
    held(path('Fired'), '1', () => shown(state.fired), {
      ...text(`Times that rule ${state.number} fired`, `Gånger regel ${state.number} har utlösts`),
      range: [0, 4e9],
    }),
    held(path('Published'), '1', () => shown(state.published), {
      ...text(`Value that rule ${state.number} last published`, `Värde som regel ${state.number} senast publicerade`),
      type: 'Double',
      range: [-9e15, 9e15],
      resolution: 1e-6,
    }),
  ];
};

/** The rules of a plant, if it has any. */
export const ruleBookOf = ({ stations }: Plant): RuleBook | undefined => {
  const found = [...stations.values()].find(({ type }) => type === rules);
  return found && (found.self as RulesSelf).book;
};

/** Arms the evaluation of a rule that was set to be tried in the open slab. */
export function planTrial({ stations }: Plant, t: number): void {
  for (const { type, self } of stations.values()) if (type === rules) plan(self, t);
}
