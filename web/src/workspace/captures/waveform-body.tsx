import type { CaptureContent } from '#contract/capture.ts';
import type { Waveform } from '#simulator/plant/capture.ts';
import { envelopeSpectrum, spectrum, velocityRms } from '#simulator/plant/machining/spectrum.ts';
import { useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useKept } from '../../live/use-kept.ts';
import { Facts } from './facts.tsx';
import { type Series, extremes, peaks } from './series.ts';
import { useUnits } from './use-units.ts';
import { XyPlot } from './xy-plot.tsx';

interface WaveformBodyProps {
  readonly waveform: Extract<CaptureContent, { kind: 'waveform' }>;
  readonly height: number;
}

/** Where structures of machine tools ring when they are struck: bands of the envelope in Hz. */
const BANDS = [
  [2500, 4500],
  [1000, 2500],
  [4500, 6000],
] as const;
const SPANS_HZ = [400, 1000, 2000, Infinity];
const PEAKS = 5;

/** Samples over time, or what frequencies are in them. */
export function WaveformBody({ waveform, height }: WaveformBodyProps) {
  const { t, n } = useWords();
  const { amount } = useUnits();
  const [view, setView] = useKept('captures.waveform', () => 'spectrum');
  const [spanHz, setSpanHz] = useKept('captures.span', () => 1000);
  const { rateHz, unit } = waveform;
  const samples = useMemo(() => Float64Array.from(waveform.samples), [waveform]);
  const series = useMemo((): Series => {
    if (view === 'samples') {
      const x = waveform.samples.map((_, k) => (1000 * k) / rateHz);
      return {
        x,
        y: waveform.samples,
        xName: t('captures.time'),
        xUnit: 'ms',
        yName: t('captures.acceleration'),
        yUnit: unit,
      };
    }
    const { amplitudes, resolutionHz } = linesOf(view, { kind: 'waveform', rateHz, unit, samples });
    const shown = Math.min(amplitudes.length, Math.floor(spanHz / resolutionHz) + 1);
    const y = Array.from(amplitudes.subarray(0, shown));
    const x = y.map((_, k) => k * resolutionHz);
    return { x, y, xName: t('captures.frequency'), xUnit: 'Hz', yName: t('captures.amplitude'), yUnit: unit };
  }, [view, waveform, samples, rateHz, unit, spanHz, t]);
  const { low, high } = extremes(waveform.samples);
  const meanSquare = samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
  return (
    <>
      <div className="capture-choices">
        <select
          className="input"
          aria-label={t('captures.showAs')}
          value={view}
          onChange={(e) => setView(e.target.value)}
        >
          <option value="samples">{t('captures.samples')}</option>
          <option value="spectrum">{t('captures.spectrum')}</option>
          {BANDS.map(([from, to]) => (
            <option key={from} value={from}>
              {t('captures.envelope', { low: n(from / 1000, 1), high: n(to / 1000, 1) })}
            </option>
          ))}
        </select>
        {view !== 'samples' && (
          <select
            className="input"
            aria-label={t('captures.span')}
            value={spanHz}
            onChange={(e) => setSpanHz(Number(e.target.value))}
          >
            {SPANS_HZ.map((hz) => (
              <option key={hz} value={hz}>
                {t('captures.upTo', { hz: n(Math.min(hz, rateHz / 2)) })}
              </option>
            ))}
          </select>
        )}
      </div>
      <XyPlot series={series} height={height} isLines={view !== 'samples'} />
      <Facts
        facts={[
          [t('captures.lowest'), amount(waveform.samples[low], unit)],
          [t('captures.highest'), amount(waveform.samples[high], unit)],
          [t('captures.rms'), amount(Math.sqrt(meanSquare), unit)],
          ...(unit === 'm/s2'
            ? [
                [
                  t('captures.velocity'),
                  amount(velocityRms({ kind: 'waveform', rateHz, unit, samples }), 'mm/s'),
                ] as const,
              ]
            : []),
        ]}
      />
      {view !== 'samples' && <Peaks series={series} />}
    </>
  );
}

function linesOf(view: string, waveform: Waveform) {
  const band = BANDS.find(([from]) => String(from) === view);
  return band ? envelopeSpectrum(waveform, band[0], band[1]) : spectrum(waveform);
}

function Peaks({ series: { x, y, xName, yName, xUnit, yUnit } }: { readonly series: Series }) {
  const { t } = useWords();
  const { amount } = useUnits();
  return (
    <table className="plain-table">
      <caption>{t('captures.peaks')}</caption>
      <thead>
        <tr>
          <th scope="col" className="num">
            {xName}
          </th>
          <th scope="col" className="num">
            {yName}
          </th>
        </tr>
      </thead>
      <tbody>
        {peaks(y, PEAKS).map((k) => (
          <tr key={k}>
            <td className="num">{amount(x[k], xUnit)}</td>
            <td className="num">{amount(y[k], yUnit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
