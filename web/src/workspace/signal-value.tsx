import type { SignalView } from '#contract/cell-view.ts';
import { decimalsOf, printedUnit, withUnit } from '../i18n/format.ts';
import { type Speech, useWords } from '../i18n/use-words.ts';
import { useReading } from '../live/use-session.ts';

/** A value as a person reads it: a word for enumerations, yes or no, or a number with the decimals of its resolution. */
export function valueText(signal: SignalView, value: number | undefined, { t, n, say }: Speech): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  const word = signal.words?.[String(value)];
  if (word) return say(word);
  if (signal.type === 'Boolean') return value ? t('inspector.yes') : t('inspector.no');
  return n(value, decimalsOf(signal.resolution));
}

export const unitText = (signal: SignalView): string => printedUnit(signal.unit);

/** The live value of a signal; only this text renders when it changes. */
export function SignalValue({ signal, hasUnit }: { readonly signal: SignalView; readonly hasUnit?: boolean }) {
  const speech = useWords();
  const text = valueText(signal, useReading(signal.path)?.value, speech);
  return <>{hasUnit && text !== '–' ? withUnit(text, unitText(signal)) : text}</>;
}
