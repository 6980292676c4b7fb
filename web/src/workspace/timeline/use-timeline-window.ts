import { useState } from 'react';
import { useSession } from '../../live/use-session.ts';
import type { TimeWindow } from '../../live/use-tape.ts';
import { useSelection } from '../selection.tsx';

/**
 * The window of the timeline: the newest so many minutes; or, if a moment is looked at that lies before them, a stretch
 * about it, which stays while the moment is moved within it.
 */
export function useTimelineWindow(minutes: number): TimeWindow {
  const { clock } = useSession();
  const { momentMs } = useSelection();
  const spanMs = minutes * 60_000;
  const [anchor, setAnchor] = useState<{ readonly fromMs: number; readonly spanMs: number }>();
  const nowMs = clock.epochMs(clock.nowUs());
  const isInside = anchor !== undefined && momentMs !== undefined && anchor.spanMs === spanMs;
  const isHeld = isInside && momentMs >= anchor.fromMs && momentMs <= anchor.fromMs + spanMs;
  const isPast = momentMs !== undefined && (isHeld || momentMs < nowMs - spanMs);
  if (isPast && !isHeld) setAnchor({ fromMs: momentMs - spanMs / 2, spanMs });
  if (!isPast && anchor !== undefined) setAnchor(undefined);
  return useStable(isPast ? (anchor?.fromMs ?? momentMs - spanMs / 2) : undefined, spanMs);
}

/** The same object for the same window. */
function useStable(fromMs: number | undefined, spanMs: number): TimeWindow {
  const key = `${fromMs} ${spanMs}`;
  const [made, setMade] = useState(() => ({ key, window: windowOf(fromMs, spanMs) }));
  if (made.key === key) return made.window;
  const window = windowOf(fromMs, spanMs);
  setMade({ key, window });
  return window;
}

const windowOf = (fromMs: number | undefined, spanMs: number): TimeWindow =>
  fromMs === undefined ? { spanMs } : { fromMs, toMs: fromMs + spanMs };
