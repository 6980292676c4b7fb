import { useCallback } from 'react';
import { printedUnit, withUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { figures } from './series.ts';

/** Numbers with their units, and names of axes, as people read them. */
export function useUnits() {
  const { n } = useWords();
  const amount = useCallback(
    (value: number, unit: string) => withUnit(n(value, figures(value)), printedUnit(unit)),
    [n],
  );
  const axisName = useCallback((name: string, unit: string) => {
    const printed = printedUnit(unit);
    return printed === '' ? name : `${name} [${printed}]`;
  }, []);
  return { amount, axisName };
}
