const WHOLE = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d?):(\d\d)(?::(\d\d))?Z?$/;
const TIME = /^(\d\d?):(\d\d)(?::(\d\d))?$/;

/** A plant instant as one types it, in either language: 2026-11-23 06:31:19 (ISO 8601, a blank for the T). The plant keeps UTC. */
export const momentText = (ms: number): string =>
  new Date(Math.round(ms / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** A plant instant as typed, in ms since 1970; a time alone is of the day of `nearMs`. Undefined if it is none. */
export function readMoment(typed: string, nearMs: number): number | undefined {
  const text = typed.trim().replace(/\s+/g, ' ');
  const time = TIME.exec(text);
  const whole = WHOLE.exec(time ? `${momentText(nearMs).slice(0, 10)} ${text}` : text);
  if (!whole) return undefined;
  const [year, month, day, hour, minute, second = 0] = whole.slice(1).map((part) => Number(part ?? 0));
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const isReal = new Date(ms).getUTCDate() === day && minute < 60 && second < 60;
  return isReal && new Date(ms).getUTCMonth() === month - 1 ? ms : undefined;
}
