import { useMemo } from 'react';
import { duration } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useFollowedSignals, useReading, useSession } from '../../live/use-session.ts';
import { valueText } from '../signal-value.tsx';

/** Where the top bar has room for it; otherwise it stands under the tabs. */
export const WIDE = '(min-width: 1200px)';

/** The order that is being made and the shift, if the line knows them. */
export function LineStatus() {
  const { t } = useWords();
  const { cell } = useSession();
  const { order, shift } = useMemo(
    () => ({
      order: cell.signals.find(({ path }) => path.endsWith('.Order.Variant'))?.station,
      shift: cell.signals.find(({ path }) => path.endsWith('.Shift.Number'))?.station,
    }),
    [cell],
  );
  if (order === undefined && shift === undefined) return null;
  return (
    <div className="line-status" role="group" aria-label={t('scene.status')}>
      {order !== undefined && <Order station={order} />}
      {shift !== undefined && <Shift station={shift} />}
    </div>
  );
}

function useWord(path: string): string | undefined {
  const speech = useWords();
  const signal = useSession().findSignal(path);
  const value = useReading(path)?.value;
  return signal && value !== undefined ? valueText(signal, value, speech) : undefined;
}

function Order({ station }: { readonly station: string }) {
  const { t, n } = useWords();
  useFollowedSignals(useMemo(() => ['Number', 'Variant', 'Left'].map((name) => `${station}.Order.${name}`), [station]));
  const number = useReading(`${station}.Order.Number`)?.value;
  const left = useReading(`${station}.Order.Left`)?.value;
  const variant = useWord(`${station}.Order.Variant`);
  if (number === undefined || left === undefined || variant === undefined) return null;
  if (number === 0) return <span>{t('scene.noOrder')}</span>;
  return (
    <span>
      <b>{t('scene.order', { number: n(number) })}</b> {t('scene.orderLeft', { variant, left: n(left) })}
    </span>
  );
}

function Shift({ station }: { readonly station: string }) {
  const { t, language } = useWords();
  useFollowedSignals(
    useMemo(() => ['Shift.Number', 'Shift.Remaining', 'Break.Active'].map((name) => `${station}.${name}`), [station]),
  );
  const shift = useWord(`${station}.Shift.Number`);
  const remainingS = useReading(`${station}.Shift.Remaining`)?.value;
  const isBreak = useReading(`${station}.Break.Active`)?.value === 1;
  if (shift === undefined) return null;
  return (
    <span>
      <b>{shift}</b>
      {remainingS !== undefined && remainingS > 0 && (
        <>, {t('scene.shiftLeft', { time: duration(Math.ceil(remainingS / 60) * 60, language) })}</>
      )}
      {isBreak && <span className="chip info">{t('scene.onBreak')}</span>}
    </span>
  );
}
