import type { SignalView } from '#contract/cell-view.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import { useFamily } from '../../i18n/use-family.ts';
import * as family from '../../i18n/words/trends.ts';
import { useKept } from '../../live/use-kept.ts';
import { useFollowedSignals, useSession } from '../../live/use-session.ts';
import { Curves } from './curves.tsx';
import { GanttView } from './gantt-view.tsx';
import { HistogramView } from './histogram-view.tsx';
import { SignalPicker } from './signal-picker.tsx';
import { SpcView } from './spc-view.tsx';
import { SpectrumView } from './spectrum-view.tsx';
import { TakeData } from './take-data.tsx';
import {
  MAX_SIGNALS,
  TREND_FORMS,
  type TrendForm,
  useTrendSetting,
  useTrendSignals,
  useTrendWindow,
} from './trend-link.ts';
import { WindowBar } from './window-bar.tsx';
import './trends.css';
import './trend-tables.css';

/** Any signals, live or past, as curves or counted; all of it stands in the address. */
export function TrendsView() {
  const w = useFamily(family);
  const session = useSession();
  const { paths, isChosen, toggle } = useTrendSignals();
  const [window, setWindow] = useTrendWindow();
  const [form, setForm] = useTrendSetting<TrendForm>('as', 'curves');
  const [isPicking, setPicking] = useKept('trends.picking', () => !isChosen);
  const [isTaking, setTaking] = useState(false);
  const main = useRef<HTMLDivElement>(null);
  const size = useSize(main);
  const signals = useMemo(
    () => paths.map((path) => session.findSignal(path)).filter((signal): signal is SignalView => !!signal),
    [session, paths],
  );
  const known = useMemo(() => signals.map(({ path }) => path), [signals]);
  useFollowedSignals(known);
  const wantsSignals = form !== 'gantt' && signals.length === 0;

  return (
    <div className={isPicking ? 'trends picks' : 'trends'}>
      {isPicking && <SignalPicker chosen={known} onToggle={toggle} />}
      <div ref={main} className="trends-main" tabIndex={0} role="region" aria-label={w('trends.region')}>
        <div className="row tight">
          <ToggleButton className="btn sm" isSelected={isPicking} onChange={setPicking}>
            {w('trends.pick')}
          </ToggleButton>
          <div className="seg" role="group" aria-label={w('trends.as')}>
            {TREND_FORMS.map((name) => (
              <ToggleButton key={name} className="btn sm" isSelected={form === name} onChange={() => setForm(name)}>
                {w(`trends.${name}`)}
              </ToggleButton>
            ))}
          </div>
          <span className="grow" />
          <Button className="btn sm" isDisabled={signals.length === 0} onPress={() => setTaking(true)}>
            {w('trends.take')}
          </Button>
        </div>
        <WindowBar window={window} onWindow={setWindow} />
        {wantsSignals && (
          <p className="muted pad" role="status">
            {w('trends.none', { max: MAX_SIGNALS })}
          </p>
        )}
        {form === 'gantt' && <GanttView window={window} />}
        {signals.length > 0 && size && (
          <>
            {form === 'curves' && <Curves {...{ signals, window, size }} onWindow={setWindow} onRemove={toggle} />}
            {form === 'spc' && <SpcView {...{ signals, window, size }} />}
            {form === 'histogram' && <HistogramView {...{ signals, window, size }} />}
            {form === 'spectrum' && <SpectrumView {...{ signals, window, size }} />}
          </>
        )}
      </div>
      {isTaking && <TakeData {...{ signals, window }} onClose={() => setTaking(false)} />}
    </div>
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What room there is, to the next 40 pixels, so that dragging an edge does not make every chart anew all the time. */
function useSize(ref: React.RefObject<HTMLElement | null>): Size | undefined {
  const [size, setSize] = useState<Size>();
  useEffect(() => {
    const element = ref.current!;
    const even = (length: number) => Math.max(40, Math.floor(length / 40) * 40);
    const measured = new ResizeObserver(() => {
      const next = { width: even(element.clientWidth), height: even(Math.min(element.clientHeight, innerHeight)) };
      setSize((before) => (before?.width === next.width && before.height === next.height ? before : next));
    });
    measured.observe(element);
    return () => measured.disconnect();
  }, [ref]);
  return size;
}
