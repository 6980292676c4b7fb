import { useCallback } from 'react';
import { printedUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { figures } from './series.ts';

/** Numbers with their units, and names of axes, as people read them. */
export function useUnits() {
  const { n } = useWords();
  const amount = useCallback(
    (value: number, unit: string) => {
      const printed = printedUnit(unit);
      return printed === '' ? n(value, figures(value)) : `${n(value, figures(value))}\u00a0${printed}`;
    },
    [n],
  );
  const axisName = useCallback((name: string, unit: string) => {
    const printed = printedUnit(unit);
    return printed === '' ? name : `${name} [${printed}]`;
  }, []);
  return { amount, axisName };
}
