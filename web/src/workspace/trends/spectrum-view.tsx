import type { SignalView } from '#contract/cell-view.ts';
import type { Text } from '#contract/text.ts';
import { useMemo } from 'react';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import type { TimeWindow } from '../../live/use-tape.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useCaptureList } from '../captures/use-captures.ts';
import { chartHeight } from './chart-height.ts';
import { SpectrumPlot } from './spectrum-plot.tsx';
import { LEAST_SAMPLES, spectrumOfPoints } from './spectrum-of.ts';
import { TakingChoice, useOneSignal } from './taking-bar.tsx';
import { useTrendSetting } from './trend-link.ts';
import { useTaken, useTaking } from './use-taken.ts';
import { WaveformSpectrum } from './waveform-spectrum.tsx';

interface SpectrumViewProps {
  readonly signals: readonly SignalView[];
  readonly window: TimeWindow;
  readonly size: { readonly height: number };
}

/** What frequencies are in one of the signals as it is sampled, or in a recording of one of their stations. */
export function SpectrumView({ signals, window, size }: SpectrumViewProps) {
  const w = useFamily(family);
  const [signal, setSignal] = useOneSignal(signals);
  const [source, setSource] = useTrendSetting('source', '');
  const { answer: list, problem } = useCaptureList();
  const stations = new Set(signals.map(({ station }) => station));
  const recordings = (list ?? []).filter(({ station, path }) => stations.has(station) && /Waveform$/.test(path));
  const recording = recordings.find(({ path }) => path === source);
  const height = chartHeight(size.height - 240, [200, 640], 0.45);
  return (
    <>
      <label className="inline-field">
        <span>{w('trends.source')}</span>
        <select
          className="input"
          value={recording?.path ?? signal.path}
          onChange={({ target: { value } }) => {
            const isSignal = signals.some(({ path }) => path === value);
            setSource(isSignal ? '' : value);
            if (isSignal) setSignal(value);
          }}
        >
          <Sources label={w('trends.sampled')} sources={signals} />
          {recordings.length > 0 && <Sources label={w('trends.recordings')} sources={recordings} />}
        </select>
      </label>
      <ProblemNote problem={problem} />
      {recording ? (
        <WaveformSpectrum key={recording.path} recording={recording} height={height} />
      ) : (
        <Sampled {...{ signal, window, height }} />
      )}
    </>
  );
}

interface SourcesProps {
  readonly label: string;
  readonly sources: readonly { readonly path: string; readonly station: string; readonly text: Text }[];
}

function Sources({ label, sources }: SourcesProps) {
  const { say } = useWords();
  return (
    <optgroup label={label}>
      {sources.map(({ path, station, text }) => (
        <option key={path} value={path}>
          {station} {say(text)}
        </option>
      ))}
    </optgroup>
  );
}

interface SampledProps {
  readonly signal: SignalView;
  readonly window: TimeWindow;
  readonly height: number;
}

function Sampled({ signal, window, height }: SampledProps) {
  const w = useFamily(family);
  const { n, say } = useWords();
  const [wanted, setTaking] = useTaking(signal);
  const everyS = wanted === 'parts' ? Math.max(1, signal.scanS) : wanted;
  const { points, problem, isTruncated, isLoaded } = useTaken(signal, everyS, window);
  const found = useMemo(() => spectrumOfPoints(points, everyS, signal.unit), [points, everyS, signal.unit]);
  return (
    <>
      <div className="row trend-choices">
        <TakingChoice {...{ signal }} taking={everyS} hasParts={false} onTaking={setTaking} />
        {found && (
          <span className="muted small">
            {w('trends.spectrumOf', { n: n(found.amplitudes.length * 2), s: n(everyS, everyS < 1 ? 1 : 0) })}
          </span>
        )}
      </div>
      <ProblemNote problem={problem} />
      {isTruncated && <p className="note">{w('trends.truncated')}</p>}
      {found ? (
        <SpectrumPlot {...{ found, height }} name={`${signal.station} ${say(signal.text)}`} />
      ) : (
        <p className="muted" role="status">
          {w(isLoaded ? 'trends.fewSamples' : 'trends.loading', { n: n(points.length), least: LEAST_SAMPLES })}
        </p>
      )}
    </>
  );
}
