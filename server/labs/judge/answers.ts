import { HOUR, MINUTE, SECOND } from '#simulator/kernel/time.ts';
import type { Ask, Understood, Unreadable } from './ask.ts';
import { nearest } from '#simulator/kernel/nearest.ts';
import { readChoices, readSerials, readTable } from './lists.ts';
import { readNumber } from './numbers.ts';

const LONGEST = 10_000;
const LONGEST_FILE = 60_000;
const TIME = /^(?:(\p{L}+)\.?,?\s+)?(?:kl\.?\s*)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?$/iu;
const DAYS = ['mon|mån', 'tue|tis', 'wed|ons', 'thu|tor', 'fri|fre', 'sat|lör', 'sun|sön'].map(
  (names) => new RegExp(`^(${names})`, 'i'),
);
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Undefined for an empty field. Whatever cannot be understood costs no try. */
export function readAnswer(typed: string | undefined, ask: Ask): Understood | Unreadable | undefined {
  const text = typed?.trim() ?? '';
  if (!text) return undefined;
  if (text.length > (ask.type === 'file' ? LONGEST_FILE : LONGEST)) return { problem: 'tooLong', detail: {} };
  switch (ask.type) {
    case 'number':
    case 'integer':
      return readNumber(text, ask);
    case 'time':
      return readTime(text, ask);
    case 'choice':
    case 'station':
      return readChoice(text, ask);
    case 'signal':
      return readSignal(text, ask);
    case 'message':
      return readMessage(text);
    case 'choices':
      return readChoices(text, ask);
    case 'serials':
      return readSerials(text, ask);
    case 'table':
      return readTable(text, ask);
    case 'text':
      return readText(text, ask);
    case 'file':
      return { value: text };
  }
}

/** A time of day in plant time, or one of a day of the week: the first such after the start of the cell, in seconds since then. */
function readTime(text: string, { startUs = 0 }: Ask): Understood | Unreadable {
  const [, day, hour, minute, second = '0'] = TIME.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return { problem: 'time', detail: { typed: text } };
  const us = Number(hour) * HOUR + Number(minute) * MINUTE + Number(second) * SECOND;
  const weekday = day === undefined || day.toLowerCase() === 'kl' ? -1 : DAYS.findIndex((names) => names.test(day));
  const every = weekday < 0 ? DAY : WEEK;
  const since = Math.max(0, weekday) * DAY + us - startUs;
  return { value: (((since % every) + every) % every) / SECOND };
}

function readText(text: string, { words: [least, most] = [0, Infinity] }: Ask): Understood | Unreadable {
  const count = text.split(/\s+/).length;
  if (count < least) return { problem: 'tooFewWords', detail: { count: String(count), least: String(least) } };
  return count > most
    ? { problem: 'tooManyWords', detail: { count: String(count), most: String(most) } }
    : { value: text };
}

/** A signal message as a client shows it, with or without its topic: `{"v":38.6,"u":"%","t":"...","q":"Good"}`. */
function readMessage(text: string): Understood | Unreadable {
  const unreadable = { problem: 'message', detail: {} } as const;
  const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  try {
    const { v, t, u } = JSON.parse(json) as { v?: unknown; t?: unknown; u?: unknown };
    const epochMs = typeof t === 'string' ? epochOf(t) : undefined;
    if (epochMs === undefined || (typeof v !== 'number' && typeof v !== 'boolean')) return unreadable;
    return { value: Number(v), stamp: { epochMs, unit: typeof u === 'string' ? u : '' } };
  } catch {
    return unreadable;
  }
}

/** ISO 8601 in UTC, to the microsecond. */
function epochOf(iso: string): number | undefined {
  const [, second, fraction = '0'] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/.exec(iso) ?? [];
  if (second === undefined) return undefined;
  const ms = Date.parse(`${second}Z`);
  return Number.isNaN(ms) ? undefined : ms + Number(`0.${fraction}`) * 1000;
}

function readChoice(text: string, { type, choices = [] }: Ask): Understood | Unreadable {
  const found = choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
  const problem = type === 'station' ? 'station' : 'choice';
  return found === undefined ? { problem, detail: { typed: text } } : { value: found };
}

/** Accepts a signal as it is called on any door: path, OPC UA node id, MQTT topic. */
function readSignal(text: string, { choices = [] }: Ask): Understood | Unreadable {
  const path = signalPath(text);
  const found = choices.find((choice) => choice.toLowerCase() === path.toLowerCase());
  if (found !== undefined) return { value: found };
  const like = nearest(path, choices);
  return { problem: 'signal', detail: { typed: text, ...(like && { like }) } };
}

export function signalPath(text: string): string {
  const path = text.trim().replace(/^(?:(?:ns|nsu)=[^;]*;)?s=/i, '');
  const [station, ...rest] = path
    .split('/')
    .slice(path.split('/').findIndex((level) => /^ST\d\d$|^AGV\d$/i.test(level)));
  return path.includes('/') ? [station, ...rest].join('.') : path;
}
