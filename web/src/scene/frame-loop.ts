/** When the picture next has to be drawn because of itself: ms from now; 0 while it moves, Infinity if it stands still. */
export type NextFrame = () => number;

export interface FrameLoop {
  /** Draw soon. */
  invalidate: () => void;
  dispose(): void;
}

interface Pace {
  /** Least time between two frames of a moving picture (ms). */
  intervalMs: number;
}

/** A timer that is longer than this only means "some time later". */
const FAR_MS = 3_600_000;

/**
 * Draws on demand: once after `invalidate`, then again when `nextFrame` asks for it, never while the host is hidden. The
 * pace bounds only what the picture does by itself, so that dragging stays smooth.
 */
export function createFrameLoop(host: HTMLElement, pace: Pace, draw: () => void, nextFrame: NextFrame): FrameLoop {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOnScreen = true;
  let isStale = false;
  const isHidden = () => document.hidden || !isOnScreen;

  function invalidate(): void {
    isStale = true;
    if (frame === 0 && !isHidden()) frame = requestAnimationFrame(run);
  }

  function run(): void {
    frame = 0;
    if (isHidden()) return;
    isStale = false;
    clearTimeout(timer);
    draw();
    const waitMs = nextFrame();
    if (waitMs > FAR_MS) return;
    if (waitMs <= 0 && pace.intervalMs <= 17) invalidate();
    else timer = setTimeout(invalidate, Math.max(waitMs, pace.intervalMs - 8));
  }

  function wake(): void {
    if (isHidden()) return;
    if (isStale || nextFrame() <= FAR_MS) invalidate();
  }

  const watcher = new IntersectionObserver(([entry]) => {
    isOnScreen = entry?.isIntersecting ?? true;
    wake();
  });
  watcher.observe(host);
  document.addEventListener('visibilitychange', wake);
  return {
    invalidate,
    dispose() {
      watcher.disconnect();
      document.removeEventListener('visibilitychange', wake);
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    },
  };
}
