import type { CaptureContent } from '#contract/capture.ts';
import { useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { Facts } from './facts.tsx';
import { type Series, extremes } from './series.ts';
import { useUnits } from './use-units.ts';
import { XyPlot } from './xy-plot.tsx';

interface CurveBodyProps {
  readonly curve: Extract<CaptureContent, { kind: 'curve' }>;
  readonly height: number;
}

/** One quantity over another, with its lowest, highest and last value. */
export function CurveBody({ curve, height }: CurveBodyProps) {
  const { t, say } = useWords();
  const { amount } = useUnits();
  const { x, y } = curve;
  const series = useMemo(
    (): Series => ({
      ...{ xName: say(x.text), xUnit: x.unit, x: x.values },
      ...{ yName: say(y.text), yUnit: y.unit, y: y.values },
    }),
    [say, x, y],
  );
  const { low, high } = extremes(y.values);
  const told = (k: number) =>
    t('captures.at', { value: amount(y.values[k], y.unit), place: amount(x.values[k], x.unit) });
  return (
    <>
      <XyPlot series={series} height={height} />
      <Facts
        facts={[
          [t('captures.lowest'), told(low)],
          [t('captures.highest'), told(high)],
          [t('captures.last'), told(y.values.length - 1)],
        ]}
      />
    </>
  );
}
