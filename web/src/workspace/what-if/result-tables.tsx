import type { WhatIfDifference, WhatIfEstimate, WhatIfFigure, WhatIfResult } from '#contract/what-if.ts';
import { printedUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { IntervalAxis, IntervalPlot } from './interval-plot.tsx';
import { decimalsFor, shareOf, verdictOf } from './reading.ts';

type ResultVariant = WhatIfResult['variants'][number];

/** The means of the line as it is, where nothing is compared with it. */
export function MeansTable({ result, variant }: { readonly result: WhatIfResult; readonly variant: ResultVariant }) {
  const { t } = useWords();
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('whatIf.result')}>
      <table className="what-if-table">
        <thead>
          <tr>
            <th scope="col">{t('whatIf.figure')}</th>
            <th scope="col" className="num">
              {t('whatIf.mean')}
            </th>
          </tr>
        </thead>
        <tbody>
          {result.figures.map((figure) => (
            <tr key={figure.name}>
              <FigureName figure={figure} />
              <td className="num">
                <Mean figure={figure} estimate={variant.means[figure.name]} all={result.forks} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface VariantTableProps {
  readonly result: WhatIfResult;
  readonly variant: ResultVariant;
  /** Of the axis on both sides, in per cent. */
  readonly reach: number;
}

/** A variant beside the line as it is: means, differences, and where their intervals lie. */
export function VariantTable({ result, variant, reach }: VariantTableProps) {
  const { t, n } = useWords();
  const [base] = result.variants;
  const { means, differences = {} } = variant;
  const variantName = t('whatIf.variant', { name: variant.name });
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('whatIf.table', { name: variant.name })}>
      <table className="what-if-table stacked compared">
        <thead>
          <tr>
            <th scope="col">{t('whatIf.figure')}</th>
            <th scope="col" className="num">
              {t('whatIf.difference')}
            </th>
            <th scope="col">
              {t('whatIf.plot')}
              <IntervalAxis reach={reach} />
            </th>
            <th scope="col" className="num">
              {t('whatIf.asItIs')}
            </th>
            <th scope="col" className="num">
              {variantName}
            </th>
            {result.commonNumbers && (
              <th scope="col" className="num" title={t('whatIf.gainTitle')}>
                {t('whatIf.gain')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {result.figures.map((figure) => {
            const { name } = figure;
            const difference = differences[name];
            const verdict = difference && verdictOf(difference);
            const gain = difference?.gain;
            return (
              <tr key={name}>
                <FigureName figure={figure} />
                <td className="num">{difference && <Differs figure={figure} difference={difference} />}</td>
                <td>
                  <IntervalPlot
                    share={difference && shareOf(difference, base.means[name])}
                    isOpen={verdict === 'open' || verdict === 'same'}
                    reach={reach}
                  />
                  <span className={`verdict ${verdict ?? ''}`}>{verdict && t(`whatIf.${verdict}`)}</span>
                </td>
                <td className="num" data-head={t('whatIf.asItIs')}>
                  <Mean figure={figure} estimate={base.means[name]} all={result.forks} />
                </td>
                <td className="num" data-head={variantName}>
                  <Mean figure={figure} estimate={means[name]} all={result.forks} />
                </td>
                {result.commonNumbers && (
                  <td className="num" data-head={t('whatIf.gain')}>
                    {gain === undefined ? '–' : t('whatIf.times', { n: n(gain, gain < 10 ? 1 : 0) })}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function FigureName({ figure: { text, unit } }: { readonly figure: WhatIfFigure }) {
  const { say } = useWords();
  const printed = printedUnit(unit);
  return (
    <th scope="row">
      {say(text)} {printed && <span className="muted">{printed}</span>}
    </th>
  );
}

interface MeanProps {
  readonly figure: WhatIfFigure;
  readonly estimate: WhatIfEstimate | undefined;
  readonly all: number;
}

function Mean({ figure, estimate, all }: MeanProps) {
  const { t, n: shown } = useWords();
  if (estimate === undefined) return <span className="muted">{t('whatIf.of', { n: 0, all })}</span>;
  const { n, mean, high } = estimate;
  const half = high === undefined ? undefined : high - mean;
  const decimals = decimalsFor(half, figure.decimals);
  return (
    <>
      {shown(mean, decimals)}
      {half !== undefined && half > 0 && <span className="muted interval"> ± {shown(half, decimals)}</span>}
      {n < all && <span className="muted few">{t('whatIf.of', { n, all })}</span>}
    </>
  );
}

function Differs({ figure, difference }: { readonly figure: WhatIfFigure; readonly difference: WhatIfDifference }) {
  const { t, n } = useWords();
  const { mean, low, high, isSame, standardError } = difference;
  if (isSame) return <>{n(0)}</>;
  const decimals = decimalsFor(standardError, figure.decimals);
  const signed = (value: number) => `${value > 0 ? '+' : ''}${n(value, decimals)}`;
  return (
    <>
      <b>{signed(mean)}</b>
      {low !== undefined && high !== undefined && (
        <span className="muted interval"> {t('whatIf.interval', { low: signed(low), high: signed(high) })}</span>
      )}
    </>
  );
}
