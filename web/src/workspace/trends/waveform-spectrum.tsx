import type { CaptureView } from '#contract/capture.ts';
import { envelopeSpectrum, spectrum, velocityRms } from '#simulator/plant/machining/spectrum.ts';
import { useCallback, useMemo } from 'react';
import { Button } from 'react-aria-components';
import { plantDayTime } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { call } from '../../live/api.ts';
import { useAsk } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Facts } from '../captures/facts.tsx';
import { useSelection } from '../selection.tsx';
import { SpectrumPlot } from './spectrum-plot.tsx';
import { bearingLines } from './spectrum-of.ts';
import { useTrendSetting } from './trend-link.ts';

/** Where structures of machine tools ring when they are struck: bands of the envelope in Hz. */
const BANDS = ['2500-4500', '1000-2500', '4500-6000'];
const SPANS_HZ = [400, 1000, 2000, 6400];
const NOTHING: ReturnType<typeof bearingLines> = [];

interface WaveformSpectrumProps {
  readonly recording: CaptureView;
  readonly height: number;
}

/** The spectrum of a recording, now or at the moment that is looked at, with the orders of the bearing if they are wanted. */
export function WaveformSpectrum({ recording, height }: WaveformSpectrumProps) {
  const w = useFamily(family);
  const { n, say, language } = useWords();
  const { cell, clock, findSignal } = useBoundSession();
  const { momentMs } = useSelection();
  const [form, setForm] = useTrendSetting('form', 'plain');
  const [span, setSpan] = useTrendSetting('upto', '1000');
  const [marks, setMarks] = useTrendSetting('orders', '');
  const speed = findSignal(`${recording.station}.Spindle.Speed`);
  const { answer, problem, ask } = useAsk(
    useCallback(
      async (signal: AbortSignal) => {
        const query = momentMs === undefined ? {} : { atUs: Math.max(0, clock.usOf(momentMs)) };
        const taken = await call('capture', { params: { cell: cell.id, capture: recording.path }, query, signal });
        if (!speed) return { taken, shaftHz: undefined };
        const body = { signals: [speed.path], fromUs: taken.tUs, toUs: taken.tUs };
        const { columns } = await call('history', { params: { cell: cell.id }, body, signal });
        return { taken, shaftHz: columns[0].values.at(-1)! / 60 };
      },
      [cell.id, clock, recording.path, momentMs, speed],
    ),
  );
  const found = useMemo(() => {
    if (answer?.taken.capture.kind !== 'waveform') return undefined;
    const { rateHz, unit, samples } = answer.taken.capture;
    const wave = { kind: 'waveform', rateHz, unit, samples: Float64Array.from(samples) } as const;
    const [low, high] = form.split('-').map(Number);
    return {
      spectrum: BANDS.includes(form) ? envelopeSpectrum(wave, low, high) : spectrum(wave),
      velocity: unit === 'm/s2' ? velocityRms(wave) : undefined,
      rateHz,
      count: samples.length,
    };
  }, [answer, form]);
  const shaftHz = answer?.shaftHz;
  const orders = useMemo(
    () => (marks === '' || shaftHz === undefined || shaftHz === 0 ? NOTHING : bearingLines(shaftHz)),
    [marks, shaftHz],
  );
  return (
    <>
      <div className="row tight trend-choices">
        <label className="inline-field">
          <span>{w('trends.form')}</span>
          <select className="input" value={form} onChange={(event) => setForm(event.target.value)}>
            <option value="plain">{w('trends.plain')}</option>
            {BANDS.map((band) => (
              <option key={band} value={band}>
                {w('trends.envelope', { band: band.replace('-', '–') })}
              </option>
            ))}
          </select>
        </label>
        <label className="inline-field">
          <span>{w('trends.upTo')}</span>
          <select className="input" value={span} onChange={(event) => setSpan(event.target.value)}>
            {SPANS_HZ.map((hz) => (
              <option key={hz} value={hz}>
                {n(hz)} Hz
              </option>
            ))}
          </select>
        </label>
        {speed && (
          <label className="check-row">
            <input
              type="checkbox"
              checked={marks !== ''}
              onChange={(event) => setMarks(event.target.checked ? '1' : '')}
            />
            <span>{w('trends.orders')}</span>
          </label>
        )}
        <Button className="btn sm" onPress={ask}>
          {w('trends.recordAgain')}
        </Button>
      </div>
      <ProblemNote problem={problem} />
      {!found || !answer ? (
        problem === undefined && (
          <p className="muted" role="status">
            {w('trends.loading')}
          </p>
        )
      ) : (
        <>
          <p className="muted small" role="status">
            {w('trends.recordedAt', {
              time: plantDayTime(clock.epochMs(answer.taken.tUs), language),
              n: n(found.count),
              rate: n(found.rateHz / 1000, 1),
            })}
          </p>
          <SpectrumPlot
            found={found.spectrum}
            {...{ height, orders }}
            upToHz={Number(span)}
            name={say(recording.text)}
          />
          <Facts
            facts={[
              ...(shaftHz === undefined ? [] : [[w('trends.shaft'), `${n(shaftHz, 2)} Hz`] as const]),
              ...(found.velocity === undefined
                ? []
                : [[w('trends.velocity'), `${n(found.velocity, 2)} mm/s`] as const]),
              ...orders.map(({ name, hz }) => [name, `${n(hz, 1)} Hz`] as const),
            ]}
          />
          {marks !== '' && <p className="muted small">{w(shaftHz ? 'trends.ordersOf' : 'trends.stands')}</p>}
        </>
      )}
    </>
  );
}

function useBoundSession() {
  const session = useSession();
  return useMemo(
    () => ({ cell: session.cell, clock: session.clock, findSignal: (path: string) => session.findSignal(path) }),
    [session],
  );
}
