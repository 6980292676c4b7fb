import type { SignalView } from '#contract/cell-view.ts';
import { useWords } from '../../i18n/use-words.ts';
import { SignalValue } from '../signal-value.tsx';

/** What tells most about a station, best first; the first four that it has are shown. */
const TELLING = [
  /\.Cycle\.Time$/,
  /\.Counter\.Parts$/,
  /\.Meter\.Main\.Power$/,
  /\.Air\.Pressure$/,
  /\.Belt\.ActualSpeed$/,
  /\.Agv1\.Battery$/,
  /\.Agv2\.Battery$/,
  /\.Meter\.Power$/,
  /\.Counter\.Failures$/,
  /\.Meter\.Energy$/,
];
const SHOWN = 4;

export function Figures({ signals }: { readonly signals: readonly SignalView[] }) {
  const { say, t } = useWords();
  const figures = TELLING.flatMap((pattern) => signals.find(({ path }) => pattern.test(path)) ?? []).slice(0, SHOWN);
  if (figures.length === 0) return null;
  return (
    <dl className="figures" aria-label={t('inspector.figures')}>
      {figures.map((signal) => (
        <div key={signal.path}>
          <dd>
            <SignalValue signal={signal} hasUnit />
          </dd>
          <dt>{say(signal.text)}</dt>
        </div>
      ))}
    </dl>
  );
}
