import type { Range, TimeWindow } from '../../live/use-tape.ts';

export const DEFAULT_SPAN_S = 1800;

/** The window that an address asks for; the newest half hour if it says nothing sensible. */
export function windowIn(params: URLSearchParams): TimeWindow {
  const range = rangeIn(params.get('from'), params.get('to'));
  if (range) return range;
  const spanS = Number(params.get('span') ?? DEFAULT_SPAN_S);
  return { spanMs: (spanS > 0 ? spanS : DEFAULT_SPAN_S) * 1000 };
}

/** Two instants that are in order; undefined if they are not. */
export function rangeIn(from: string | null | undefined, to: string | null | undefined): Range | undefined {
  const [fromMs, toMs] = [Date.parse(from ?? ''), Date.parse(to ?? '')];
  return toMs > fromMs ? { fromMs, toMs } : undefined;
}
