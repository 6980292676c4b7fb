import { z } from 'zod';
import { numberIn } from '../../i18n/number-in.ts';

export const ACTIONS = ['alarm', 'hold', 'set', 'publish'] as const;
export type RuleAction = (typeof ACTIONS)[number];

const text = z.string();
/** A rule as it stands in the form; empty where nothing is given. */
export const RuleDraft = z
  .object({
    ...{ id: text, when: text, until: text, forText: text, timing: z.enum(['every', 'each']), every: text, each: text },
    ...{ action: z.enum(ACTIONS), station: text, parameter: text, to: text, value: text },
  })
  .readonly();
export type RuleDraft = z.infer<typeof RuleDraft>;

/** A rule as `Rules.Define` takes it. */
export type RuleDefinition = Readonly<Record<string, unknown>>;

export const EMPTY: RuleDraft = {
  ...{ id: '', when: '', until: '', forText: '', timing: 'every', every: '', each: '' },
  ...{ action: 'alarm', station: '', parameter: '', to: '', value: '' },
};

const given = (key: string, text: string) => (text.trim() === '' ? {} : { [key]: text.trim() });

/** `isChoice`: the parameter takes a word, not a number. */
export function definitionOf(draft: RuleDraft, isChoice: boolean): RuleDefinition {
  const { action, to } = draft;
  const number = numberIn(to);
  return {
    ...given('id', draft.id),
    when: draft.when,
    ...given('until', draft.until),
    ...given('for', draft.forText),
    ...(draft.timing === 'each' ? given('each', draft.each) : given('every', draft.every)),
    do: action,
    ...(action === 'hold' && given('station', draft.station)),
    ...(action === 'set' && {
      ...given('parameter', draft.parameter),
      to: isChoice || Number.isNaN(number) ? to : number,
    }),
    ...(action === 'publish' && { value: draft.value }),
  };
}

export function draftOf(definition: unknown): RuleDraft {
  const fields = typeof definition === 'string' ? parsed(definition) : ((definition ?? {}) as RuleDefinition);
  const word = (key: string): string => {
    const value = fields[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  return {
    ...{ id: word('id'), when: word('when'), until: word('until'), forText: word('for') },
    ...{ timing: fields.each === undefined ? 'every' : 'each', every: word('every'), each: word('each') },
    action: ACTIONS.find((each) => each === fields.do) ?? 'alarm',
    ...{ station: word('station'), parameter: word('parameter'), to: word('to'), value: word('value') },
  };
}

function parsed(text: string): RuleDefinition {
  try {
    return JSON.parse(text) as RuleDefinition;
  } catch {
    return {};
  }
}
