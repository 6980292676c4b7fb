import { flushSync } from 'react-dom';

/** What shows live values is written twice a second. */
export const BEAT_MS = 500;

interface Steady {
  readonly everyMs: number;
  dueMs: number;
}

const once = new Set<() => void>();
const steady = new Map<() => void, Steady>();
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * The one beat of the page: all that is due is written together, so that the browser styles, lays out and paints once for
 * it. Nothing beats in a hidden tab; what was due then is done as soon as somebody looks again.
 */
function beat(): void {
  timer = undefined;
  if (document.hidden) return;
  const nowMs = performance.now();
  const due = [...once];
  once.clear();
  for (const [work, pace] of steady) {
    if (nowMs < pace.dueMs) continue;
    // Half a beat early is on time, so that a timer that fires late once does not put off every second one.
    pace.dueMs = nowMs + pace.everyMs - BEAT_MS / 2;
    due.push(work);
  }
  try {
    flushSync(() => {
      for (const work of due) work();
    });
  } finally {
    wait();
  }
}

/** Waits for the next beat if anything is due then. Beats lie at whole multiples of their length. */
function wait(): void {
  if (timer !== undefined || document.hidden || (once.size === 0 && steady.size === 0)) return;
  timer = setTimeout(beat, BEAT_MS - (performance.now() % BEAT_MS));
}

function heedVisibility(): void {
  clearTimeout(timer);
  timer = undefined;
  if (document.hidden) return;
  for (const pace of steady.values()) pace.dueMs = 0;
  if (once.size > 0 || steady.size > 0) timer = setTimeout(beat, 0);
}

/** Adding the same listener again changes nothing. */
function listen(): void {
  document.addEventListener('visibilitychange', heedVisibility);
  wait();
}

/** Does `work` at the next beat, once however often it is asked for. */
export function atBeat(work: () => void): void {
  once.add(work);
  listen();
}

/** Does `work` at a beat every so many ms, until the returned function is called. */
export function eachBeat(work: () => void, everyMs = BEAT_MS): () => void {
  steady.set(work, { everyMs, dueMs: performance.now() + everyMs - BEAT_MS / 2 });
  listen();
  return () => void steady.delete(work);
}
