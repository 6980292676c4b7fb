import type { Spectrum } from '#simulator/plant/machining/spectrum.ts';
import { useMemo } from 'react';
import type uPlot from 'uplot';
import { duration, printedUnit, withUnit } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { figures, peaks } from '../captures/series.ts';
import type { Order } from './spectrum-of.ts';
import { drawUpright, type PlotTools, usePlot } from './use-plot.ts';

const PEAKS = 8;
const NOTHING: readonly Order[] = [];

interface SpectrumPlotProps {
  readonly found: Spectrum;
  readonly height: number;
  readonly name: string;
  /** The highest frequency that is shown. */
  readonly upToHz?: number;
  readonly orders?: readonly Order[];
}

/** Amplitudes by frequency with the highest lines in a table; frequencies that are expected are marked and named. */
export function SpectrumPlot({ found, height, name, upToHz = Infinity, orders = NOTHING }: SpectrumPlotProps) {
  const w = useFamily(family);
  const { n, language } = useWords();
  const { resolutionHz, unit } = found;
  const lines = useMemo(() => {
    const shown = Math.min(found.amplitudes.length, Math.floor(upToHz / resolutionHz) + 1);
    return Array.from(found.amplitudes.subarray(0, shown));
  }, [found, upToHz, resolutionHz]);
  const isSlow = resolutionHz * found.amplitudes.length < 2;
  const printed = printedUnit(unit);
  const wish = useMemo(
    () => ({
      height,
      data: [lines.map((_, k) => k * resolutionHz * (isSlow ? 1000 : 1)), [...lines]] as uPlot.AlignedData,
      options: ({ paint, axis }: PlotTools) => ({
        padding: [12, 16, 0, 0] as uPlot.Padding,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        scales: {
          x: { time: false },
          y: { range: (_: uPlot, __: number, most: number): uPlot.Range.MinMax => [0, (most || 1) * 1.12] },
        },
        axes: [
          { ...axis, size: 22, space: 50, label: `${w('trends.frequencyHz')} [${isSlow ? 'mHz' : 'Hz'}]` },
          {
            ...axis,
            size: 56,
            space: 30,
            label: printed ? `${w('trends.amplitude')} [${printed}]` : w('trends.amplitude'),
          },
        ],
        series: [{}, { stroke: paint('--s1'), width: 1.2, points: { show: false }, fill: `${paint('--s1')}33` }],
        hooks: {
          draw: [
            (u: uPlot) => orders.forEach(({ name: word, hz }, k) => drawUpright(u, hz, word, paint('--s2'), k % 4)),
          ],
        },
      }),
    }),
    [lines, resolutionHz, isSlow, printed, height, orders, w],
  );
  const host = usePlot(wish);
  const tops = peaks(lines, PEAKS);
  const frequency = (hz: number) => (isSlow ? withUnit(n(hz * 1000, 2), 'mHz') : withUnit(n(hz, 2), 'Hz'));
  const amplitude = (k: number) => withUnit(n(lines[k], figures(lines[k])), printed);
  const label = w('trends.spectrumChart', {
    name,
    top: tops.length > 0 ? `${frequency(tops[0] * resolutionHz)}, ${amplitude(tops[0])}` : '–',
  });
  return (
    <>
      <div ref={host} className="chart" role="img" aria-label={label} />
      <div className="table-scroll" role="group" tabIndex={0} aria-label={w('trends.peaks')}>
        <table className="plain-table">
          <caption>{w('trends.peaks')}</caption>
          <thead>
            <tr>
              <th scope="col" className="num">
                {w('trends.frequencyHz')}
              </th>
              <th scope="col" className="num">
                {w('trends.period')}
              </th>
              <th scope="col" className="num">
                {w('trends.amplitude')}
              </th>
              {orders.length > 0 && <th scope="col">{w('trends.near')}</th>}
            </tr>
          </thead>
          <tbody>
            {tops.map((k) => {
              const hz = k * resolutionHz;
              return (
                <tr key={k}>
                  <td className="num">{frequency(hz)}</td>
                  <td className="num">
                    {hz >= 1 ? `${n(1000 / hz, 2)} ms` : hz > 0.02 ? `${n(1 / hz, 1)} s` : duration(1 / hz, language)}
                  </td>
                  <td className="num">{amplitude(k)}</td>
                  {orders.length > 0 && <td>{nearOf(orders, hz, resolutionHz)}</td>}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Orders that lie within two lines, or one in a hundred for the slip that every bearing has. */
const nearOf = (orders: readonly Order[], hz: number, resolutionHz: number): string =>
  orders
    .filter((order) => Math.abs(order.hz - hz) <= Math.max(2 * resolutionHz, 0.01 * hz))
    .map(({ name }) => name)
    .join(', ') || '–';
