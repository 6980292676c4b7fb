/** When the picture next has to be drawn because of itself: ms from now; 0 while it moves, Infinity if it stands still. */
export type NextFrame = () => number;

export interface FrameLoop {
  /** Draw with the next frame: a hand moves the picture, or it is another one. */
  invalidate: () => void;
  /** Something in the picture is new: draw when its pace allows. */
  news: () => void;
  dispose(): void;
}

interface Pace {
  /** Least time between two frames of a moving picture (ms). */
  intervalMs: number;
}

/** Slow pictures are drawn at whole multiples of their pace, together with what else of the page is written then. */
const SLOW_MS = 500;

/** A timer that is longer than this only means "some time later". */
const FAR_MS = 3_600_000;

/**
 * Draws on demand: once after `invalidate`, then again when `nextFrame` asks for it, never while the host is hidden. The
 * pace bounds only what the picture does by itself, so that dragging stays smooth.
 */
export function createFrameLoop(host: HTMLElement, pace: Pace, draw: () => void, nextFrame: NextFrame): FrameLoop {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawnMs = -Infinity;
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
    drawnMs = performance.now();
    draw();
    const waitMs = nextFrame();
    clearTimeout(timer);
    if (waitMs > FAR_MS) return;
    if (waitMs <= 0 && pace.intervalMs <= 17) invalidate();
    else timer = setTimeout(invalidate, paced(waitMs));
  }

  /** How long to wait (ms) for the first frame that the pace allows in no less than `waitMs`. */
  function paced(waitMs: number): number {
    const { intervalMs } = pace;
    const nowMs = performance.now();
    if (intervalMs < SLOW_MS) return Math.max(waitMs, drawnMs + intervalMs - 8 - nowMs);
    const first = Math.max(nowMs + waitMs, drawnMs + intervalMs / 2);
    return Math.ceil(first / intervalMs) * intervalMs - nowMs;
  }

  function news(): void {
    isStale = true;
    if (frame !== 0 || isHidden()) return;
    clearTimeout(timer);
    if (drawnMs === -Infinity) {
      invalidate();
      return;
    }
    timer = setTimeout(invalidate, paced(0));
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
    news,
    dispose() {
      watcher.disconnect();
      document.removeEventListener('visibilitychange', wake);
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    },
  };
}
