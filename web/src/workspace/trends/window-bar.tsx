import { useState } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import { duration, plantDayTime } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { useSession } from '../../live/use-session.ts';
import { type TimeWindow, isRange, rangeOf } from '../../live/use-tape.ts';
import { momentText, readMoment } from '../moment-text.ts';
import { changed } from './chart-moves.ts';

const SPANS_S = [60, 120, 300, 600, 1800, 3600, 14_400, 28_800, 86_400];

interface WindowBarProps {
  readonly window: TimeWindow;
  readonly onWindow: (next: TimeWindow) => void;
}

/** The window in time: live or past, nearer or farther, earlier or later, or from and to as typed. */
export function WindowBar({ window, onWindow }: WindowBarProps) {
  const w = useFamily(family);
  const { language } = useWords();
  const { clock } = useSession();
  const [isTyping, setTyping] = useState(false);
  const known = () => ({ fromMs: clock.epochMs(0), toMs: clock.epochMs(clock.nowUs()) });
  const isLive = !isRange(window);
  const spanS = (isRange(window) ? window.toMs - window.fromMs : window.spanMs) / 1000;
  const spans = SPANS_S.includes(spanS) ? SPANS_S : [...SPANS_S, spanS].sort((a, b) => a - b);
  const near = isLive ? 1 : 0.5;
  return (
    <>
      <div className="row tight trend-window" role="group" aria-label={w('trends.window')}>
        <select
          className="input"
          aria-label={w('trends.span')}
          value={spanS}
          onChange={(event) => onWindow(withSpan(window, Number(event.target.value) * 1000))}
        >
          {spans.map((s) => (
            <option key={s} value={s}>
              {s < 60 ? w('trends.seconds', { n: Math.round(s * 1000) / 1000 }) : duration(Math.round(s), language)}
            </option>
          ))}
        </select>
        <ToggleButton
          className="btn sm"
          isSelected={isLive}
          onChange={(follows) => onWindow(follows ? { spanMs: spanS * 1000 } : rangeOf(window, known().toMs))}
        >
          {w('trends.follow')}
        </ToggleButton>
        <Button
          className="btn sm icon"
          aria-label={w('trends.earlier')}
          onPress={() => onWindow(changed(window, known(), 1, -0.5))}
        >
          ←
        </Button>
        <Button
          className="btn sm icon"
          aria-label={w('trends.zoomIn')}
          onPress={() => onWindow(changed(window, known(), 0.5, 0, near))}
        >
          +
        </Button>
        <Button
          className="btn sm icon"
          aria-label={w('trends.zoomOut')}
          onPress={() => onWindow(changed(window, known(), 2, 0, near))}
        >
          −
        </Button>
        <Button
          className="btn sm icon"
          aria-label={w('trends.later')}
          isDisabled={isLive}
          onPress={() => onWindow(changed(window, known(), 1, 0.5))}
        >
          →
        </Button>
        <ToggleButton className="btn sm" isSelected={isTyping} onChange={setTyping}>
          {w('trends.fromTo')}
        </ToggleButton>
        {isRange(window) && (
          <span className="muted small trend-range">
            {plantDayTime(window.fromMs, language)} – {plantDayTime(window.toMs, language)}
          </span>
        )}
      </div>
      {isTyping && (
        <TypedWindow key={JSON.stringify(window)} window={rangeOf(window, known().toMs)} onWindow={onWindow} />
      )}
    </>
  );
}

/** The same end, or the same middle of a past one, with another length. */
function withSpan(window: TimeWindow, spanMs: number): TimeWindow {
  if (!isRange(window)) return { spanMs };
  const middle = (window.fromMs + window.toMs) / 2;
  return { fromMs: middle - spanMs / 2, toMs: middle + spanMs / 2 };
}

function TypedWindow({
  window,
  onWindow,
}: { readonly window: { fromMs: number; toMs: number } } & Pick<WindowBarProps, 'onWindow'>) {
  const w = useFamily(family);
  const [from, setFrom] = useState(() => momentText(window.fromMs));
  const [to, setTo] = useState(() => momentText(window.toMs));
  const [isWrong, setWrong] = useState(false);
  const show = () => {
    const [fromMs, toMs] = [readMoment(from, window.fromMs), readMoment(to, window.toMs)];
    const isRight = fromMs !== undefined && toMs !== undefined && toMs > fromMs;
    setWrong(!isRight);
    if (isRight) onWindow({ fromMs, toMs });
  };
  return (
    <form
      className="row tight trend-typed"
      aria-label={w('trends.fromTo')}
      onSubmit={(event) => {
        event.preventDefault();
        show();
      }}
    >
      <label className="inline-field">
        <span>{w('trends.from')}</span>
        <input
          className="input mono"
          value={from}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label className="inline-field">
        <span>{w('trends.to')}</span>
        <input
          className="input mono"
          value={to}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTo(event.target.value)}
        />
      </label>
      <Button className="btn sm" type="submit">
        {w('trends.show')}
      </Button>
      <span className="muted small">{w('trends.utc')}</span>
      {isWrong && (
        <p className="note fault" role="alert">
          {w('trends.wrongWindow')}
        </p>
      )}
    </form>
  );
}
