import type { SignalView } from '#contract/cell-view.ts';
import { useCallback } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import { plantDayTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import type { Range } from './chart-data.ts';
import { downloadCsv } from './csv.ts';

const WINDOWS = [2, 10, 30, 60, 240, 480];

interface TrendToolsProps {
  readonly minutes: number;
  readonly onMinutes: (minutes: number) => void;
  /** The stretch that is zoomed into; undefined while live. */
  readonly range: Range | undefined;
  readonly onRange: (range: Range | undefined) => void;
  readonly signals: readonly SignalView[];
  readonly everyS: number | undefined;
}

/** Window, zoom and download; all that the mouse can do on a chart, by keyboard too. */
export function TrendTools({ minutes, onMinutes, range, onRange, signals, everyS }: TrendToolsProps) {
  const { t, n, language } = useWords();
  const session = useSession();
  const { clock } = session;
  const shown = (): Range => {
    const nowMs = clock.epochMs(clock.nowUs());
    return range ?? { fromMs: nowMs - minutes * 60_000, toMs: nowMs };
  };
  /** Scales the stretch about its middle, or moves it, by shares of its length. */
  const change = (scale: number, move: number) => {
    const { fromMs, toMs } = shown();
    const half = ((toMs - fromMs) * scale) / 2;
    const middle = (fromMs + toMs) / 2 + (toMs - fromMs) * move;
    const startMs = clock.epochMs(0);
    const from = Math.max(startMs, middle - half);
    const to = Math.min(clock.epochMs(clock.nowUs()), Math.max(from + 1000, middle + half));
    onRange({ fromMs: from, toMs: to });
  };
  const download = useDeed(
    useCallback(
      (stretch: Range) =>
        downloadCsv(
          session,
          signals.map(({ path }) => path),
          stretch,
        ),
      [session, signals],
    ),
  );
  return (
    <>
      <div className="row trend-tools">
        <label className="inline-field">
          <span>{t('trends.window')}</span>
          <select className="input" value={minutes} onChange={(event) => onMinutes(Number(event.target.value))}>
            {WINDOWS.map((m) => (
              <option key={m} value={m}>
                {m < 60 ? t('trends.minutes', { n: n(m) }) : t('trends.hours', { n: n(m / 60) })}
              </option>
            ))}
          </select>
        </label>
        <ToggleButton className="btn" isSelected={!range} onChange={(isLive) => onRange(isLive ? undefined : shown())}>
          {t('trends.follow')}
        </ToggleButton>
        <div className="row tight" role="group" aria-label={t('trends.window')}>
          <Button className="btn icon" aria-label={t('trends.earlier')} onPress={() => change(1, -0.5)}>
            ←
          </Button>
          <Button className="btn icon" aria-label={t('trends.zoomIn')} onPress={() => change(0.5, 0)}>
            +
          </Button>
          <Button className="btn icon" aria-label={t('trends.zoomOut')} onPress={() => change(2, 0)}>
            −
          </Button>
          <Button className="btn icon" aria-label={t('trends.later')} onPress={() => change(1, 0.5)}>
            →
          </Button>
        </div>
      </div>
      <div className="row trend-tools">
        <span className="muted small">
          {range && `${plantDayTime(range.fromMs, language)} – ${plantDayTime(range.toMs, language)}, `}
          {everyS === undefined ? t('trends.raw') : t('trends.resolution', { s: n(everyS) })}
        </span>
        <span className="grow" />
        <Button
          className="btn sm"
          isDisabled={signals.length === 0 || download.isRunning}
          onPress={() => void download.run(shown())}
        >
          {download.isRunning ? t('trends.downloading') : t('trends.download')}
        </Button>
      </div>
      <ProblemNote problem={download.problem} />
    </>
  );
}
