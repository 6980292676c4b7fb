const WHOLE = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d?)[:.](\d\d)(?:[:.](\d\d))?Z?$/;
const TIME = /^(?:(\p{L}+)\.?,? )?(?:kl\.? ?)?(\d\d?[:.]\d\d(?:[:.]\d\d)?)$/iu;
/** From Monday on, as one begins them in either language. */
const DAYS = ['mon|mån', 'tue|tis', 'wed|ons', 'thu|tor', 'fri|fre', 'sat|lör', 'sun|sön'].map(
  (names) => new RegExp(`^(${names})`, 'i'),
);
const DAY_MS = 86_400_000;

/** A plant instant as one types it, in either language: 2026-11-23 06:31:19 (ISO 8601, a blank for the T). The plant keeps UTC. */
export const momentText = (ms: number): string =>
  new Date(Math.round(ms / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ');

/**
 * A plant instant as typed, in ms since 1970. A time alone is of the day of `nearMs`, one with a day of the week is of
 * the week of `nearMs`: `06:31`, `06.31`, `Tue 06.31`. Undefined if it is none.
 */
export function readMoment(typed: string, nearMs: number): number | undefined {
  const text = typed.trim().replace(/\s+/g, ' ');
  const [, word, time] = TIME.exec(text) ?? [];
  const day = time === undefined ? undefined : dayOf(word, nearMs);
  const whole = WHOLE.exec(day === undefined ? text : `${day} ${time}`);
  if (!whole) return undefined;
  const [year, month, date, hour, minute, second = 0] = whole.slice(1).map((part) => Number(part ?? 0));
  const ms = Date.UTC(year, month - 1, date, hour, minute, second);
  const isReal = new Date(ms).getUTCDate() === date && minute < 60 && second < 60;
  return isReal && new Date(ms).getUTCMonth() === month - 1 ? ms : undefined;
}

/** The date of a day of the week of `nearMs`, which begins on Monday; of `nearMs` itself without a word. */
function dayOf(word: string | undefined, nearMs: number): string | undefined {
  if (word === undefined || /^kl$/i.test(word)) return momentText(nearMs).slice(0, 10);
  const wanted = DAYS.findIndex((names) => names.test(word));
  const today = (new Date(nearMs).getUTCDay() + 6) % 7;
  return wanted < 0 ? undefined : momentText(nearMs + (wanted - today) * DAY_MS).slice(0, 10);
}
