import type { SignalView } from '#contract/cell-view.ts';
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { FUNCTION_TEXTS } from '#simulator/rules/function-texts.ts';
import { printedUnit } from '../../i18n/format.ts';
import type { Speech } from '../../i18n/use-words.ts';

const WINDOWS = ['1 min', '5 min', '10 min', '1 h', '1 part', '5 parts', '25 parts'];

/** What may be written at the cursor: signals with their texts and units, functions, and lengths of windows in quotes. */
export function completionOf(signals: readonly SignalView[], { say }: Pick<Speech, 'say'>) {
  const functions: Completion[] = FUNCTION_TEXTS.map(({ name, example, text }) => ({
    ...{ label: name, type: 'function', detail: `(${example})`, info: say(text), boost: 1 },
    apply: `${name}(`,
  }));
  const paths: Completion[] = signals.map(({ path, unit, text }) => ({
    ...{ label: path, type: 'variable', detail: printedUnit(unit), info: say(text) },
  }));
  const windows: Completion[] = WINDOWS.map((label) => ({ label, type: 'text' }));
  return (context: CompletionContext): CompletionResult | null => {
    const quoted = context.matchBefore(/"[^"\n]*/);
    if (quoted) return isInside(context) ? { from: quoted.from + 1, options: windows } : null;
    const word = context.matchBefore(/[A-Za-z][\w.]*/);
    if (!word && !context.explicit) return null;
    return { from: word?.from ?? context.pos, options: [...functions, ...paths], validFor: /^[\w.]*$/ };
  };
}

/** Whether the cursor stands inside quotation marks, not after them. */
function isInside({ state, pos }: CompletionContext): boolean {
  const before = state.sliceDoc(0, pos);
  return before.split('"').length % 2 === 0;
}
