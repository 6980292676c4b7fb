import { useWords } from '../../i18n/use-words.ts';
import type { Share } from './reading.ts';

const WIDTH = 150;
const HEIGHT = 16;
const MIDDLE = HEIGHT / 2;
/** For the arrows of what reaches further than the axis. */
const EDGE = 12;

/** Where a share in per cent stands on an axis that reaches so far on both sides. */
const placeOf = (percent: number, reach: number): number =>
  WIDTH / 2 + (Math.max(-1, Math.min(1, percent / reach)) * (WIDTH - 2 * EDGE)) / 2;

interface IntervalPlotProps {
  readonly share: Share | undefined;
  /** The interval holds 0. */
  readonly isOpen: boolean;
  readonly reach: number;
}

/** A row of a forest plot: the interval as a line, the mean as a point, hollow if the interval holds 0. */
export function IntervalPlot({ share, isOpen, reach }: IntervalPlotProps) {
  const { t, n } = useWords();
  if (share === undefined) return <span className="muted">–</span>;
  const { low, mean, high } = share;
  const [from, at, to] = [low, mean, high].map((percent) => placeOf(percent, reach));
  const label = t('whatIf.plotText', { low: n(low, 2), high: n(high, 2) });
  return (
    <svg
      className={isOpen ? 'interval-plot open' : 'interval-plot'}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <line className="zero" x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} />
      <line className="reach" x1={from} x2={to} y1={MIDDLE} y2={MIDDLE} />
      {low >= -reach ? (
        <line className="reach" x1={from} x2={from} y1={MIDDLE - 3} y2={MIDDLE + 3} />
      ) : (
        <path className="arrow" d={`M${from} ${MIDDLE - 4}L${from - 6} ${MIDDLE}L${from} ${MIDDLE + 4}z`} />
      )}
      {high <= reach ? (
        <line className="reach" x1={to} x2={to} y1={MIDDLE - 3} y2={MIDDLE + 3} />
      ) : (
        <path className="arrow" d={`M${to} ${MIDDLE - 4}L${to + 6} ${MIDDLE}L${to} ${MIDDLE + 4}z`} />
      )}
      {Math.abs(mean) <= reach && <rect className="mean" x={at - 3} y={MIDDLE - 3} width={6} height={6} />}
    </svg>
  );
}

/** The axis above them. */
export function IntervalAxis({ reach }: { readonly reach: number }) {
  const { n } = useWords();
  const decimals = reach < 0.1 ? 3 : reach < 1 ? 2 : reach < 10 ? 1 : 0;
  return (
    <svg className="interval-axis" viewBox={`0 0 ${WIDTH} 14`} aria-hidden="true">
      {[-1, -0.5, 0, 0.5, 1].map((place) => (
        <text key={place} x={placeOf(place * reach, reach)} y={11} textAnchor="middle">
          {place > 0 ? '+' : ''}
          {n(place * reach, place === 0 ? 0 : decimals)}
        </text>
      ))}
    </svg>
  );
}
