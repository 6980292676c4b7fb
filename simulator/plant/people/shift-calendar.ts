import { Refusal } from '#simulator/kernel/refusal.ts';
import { HOUR, MINUTE, seconds } from '#simulator/kernel/time.ts';
import type { Text } from '#simulator/plant/signal.ts';

const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A shift as a definition gives it; times are those of the plant, without daylight saving. */
export interface Shift {
  readonly name: string;
  readonly text: Text;
  readonly from: number;
  readonly to: number;
  /** 0 is Monday: the days on which it begins. */
  readonly days: readonly number[];
  readonly breaks: readonly (readonly [from: number, to: number])[];
  /** People at each manual station; without any, the shift is not manned. */
  readonly operators: number;
  /** People of the maintenance crew; without a number, all of them. */
  readonly crew: number | undefined;
}

/** A stretch of the week in which nothing turns. */
export interface Stretch {
  /** Microseconds since Monday 00:00. */
  readonly fromUs: number;
  /** From 1 in the order of the definition; 0 is no shift. */
  readonly shift: number;
  readonly isBreak: boolean;
  /** Manual stations are manned. */
  readonly isManned: boolean;
  /** When the shift ends; without one, when the next begins. May lie in the week after. */
  readonly endsUs: number;
  /** Time from Monday 00:00 to the beginning of the stretch that is no manned working time. */
  readonly offUs: number;
}

/** The shifts of a week, again and again. All of it is a pure function of plant time; nothing is kept in the slab. */
export class ShiftCalendar {
  private readonly stretches: readonly Stretch[];
  private readonly offPerWeek: number;

  /** @param startUs what plant time 0 is, in microseconds since Monday 00:00. */
  constructor(
    readonly shifts: readonly Shift[],
    private readonly startUs: number,
  ) {
    this.stretches = stretchesOf(shifts);
    const last = this.stretches[this.stretches.length - 1];
    this.offPerWeek = last.offUs + (last.isManned ? 0 : WEEK - last.fromUs);
  }

  at(t: number): Stretch {
    const { stretches } = this;
    const inWeek = (t + this.startUs) % WEEK;
    let low = 0;
    let high = stretches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (stretches[middle].fromUs <= inWeek) low = middle;
      else high = middle - 1;
    }
    return stretches[low];
  }

  /** Since the shift began or the last break ended, in microseconds; 0 outside manned working time. */
  workedUs(t: number): number {
    const { isManned, fromUs } = this.at(t);
    return isManned ? ((t + this.startUs) % WEEK) - fromUs : 0;
  }

  /** When the present stretch ends, and another begins. */
  nextTurnUs(t: number): number {
    const { stretches } = this;
    const inWeek = (t + this.startUs) % WEEK;
    const next = stretches.find(({ fromUs }) => fromUs > inWeek)?.fromUs ?? WEEK + stretches[0].fromUs;
    return t + next - inWeek;
  }

  /** Microseconds to the end of the shift, or to the beginning of the next if there is none now. */
  remainingUs(t: number): number {
    return this.at(t).endsUs - ((t + this.startUs) % WEEK);
  }

  /**
   * Time from plant time 0 to t in which manual stations are not to work by the calendar: breaks, and time without a
   * manned shift. ISO 22400-2 leaves it out of the planned busy time (PBT). A station that follows the shifts spends it
   * in `Reason.Break`, unless it is down, stopped or under maintenance then; so its time book already tells it as `off`.
   */
  plannedOffUs(t: number): number {
    return this.offSinceMonday(t + this.startUs) - this.offSinceMonday(this.startUs);
  }

  private offSinceMonday(us: number): number {
    const { offUs, fromUs, isManned } = this.at(us - this.startUs);
    return Math.floor(us / WEEK) * this.offPerWeek + offUs + (isManned ? 0 : (us % WEEK) - fromUs);
  }
}

/** `[{ name, from: '06:00', to: '14:00', days: Mon-Fri, breaks: ['09:00-09:12'], operators: 1, crew: 2 }]`. */
export function readShifts(given: unknown): Shift[] {
  if (Array.isArray(given) && given.length > 0 && given.length <= 9) return given.map(readShift);
  throw new Refusal('There are no shifts.', 'Give "pattern" a list of 1 to 9 shifts.', 'wrong_type');
}

function readShift(given: unknown): Shift {
  const { name, title, from, to, days, breaks, operators, crew, ...more } = (given ?? {}) as Record<string, unknown>;
  const [unknown] = Object.keys(more);
  if (typeof name !== 'string' || unknown !== undefined) {
    const what = unknown === undefined ? 'has no name' : `cannot have "${unknown}"`;
    throw new Refusal(
      `A shift ${what}.`,
      'Give name, title, from, to, days, breaks, operators and crew.',
      'wrong_type',
    );
  }
  return {
    name,
    text: (title as Text | undefined) ?? { en: name, sv: name },
    ...{ from: timeOfDay(from, name), to: timeOfDay(to, name), days: readDays(days ?? 'Mon-Sun', name) },
    breaks: ((breaks ?? []) as unknown[]).map((span) => {
      const [begin, end] = String(span).split('-');
      return [timeOfDay(begin, name), timeOfDay(end, name)] as const;
    }),
    operators: people(operators ?? 1, name),
    crew: crew === undefined ? undefined : people(crew, name),
  };
}

function people(given: unknown, shift: string): number {
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0 && given <= 32) return given;
  throw new Refusal(
    `Shift ${shift} cannot have ${JSON.stringify(given)} people.`,
    'Give a whole number from 0 to 32.',
    'out_of_range',
  );
}

function timeOfDay(given: unknown, shift: string): number {
  const found = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(String(given).trim());
  if (found) return Number(found[1]) * HOUR + Number(found[2]) * MINUTE + seconds(Number(found[3] ?? 0));
  throw new Refusal(`Shift ${shift} has the time ${JSON.stringify(given)}.`, 'Give one such as "06:00".', 'wrong_type');
}

/** `Mon-Fri`, `Sun-Thu`, or a list of days. */
function readDays(given: unknown, shift: string): number[] {
  const words = Array.isArray(given) ? given.map(String) : String(given).split('-');
  const days = words.map((word) => DAYS.indexOf(word));
  if (days.includes(-1) || days.length === 0) {
    const hint = 'Give days such as "Mon-Fri", or a list of days.';
    throw new Refusal(`Shift ${shift} has the days ${JSON.stringify(given)}.`, hint, 'wrong_type');
  }
  if (Array.isArray(given) || days.length !== 2) return days;
  return Array.from({ length: ((days[1] - days[0] + 7) % 7) + 1 }, (_, k) => (days[0] + k) % 7);
}

interface Span {
  readonly shift: number;
  readonly fromUs: number;
  readonly toUs: number;
  readonly breaks: readonly (readonly [from: number, to: number])[];
}

/** The later time of day, which may be past midnight. */
const after = (from: number, us: number): number => (us < from ? us + DAY : us);

function spansOf({ name, from, to, days, breaks }: Shift, index: number): Span[] {
  const end = to <= from ? to + DAY : to;
  const pauses = breaks.map(([begin, stop]) => [after(from, begin), after(from, stop)] as const);
  if (pauses.some(([begin, stop]) => stop <= begin || stop > end)) {
    throw new Refusal(`A break of shift ${name} does not lie within it.`, 'Give breaks such as "09:00-09:12".');
  }
  const move = (day: number): Span => ({
    shift: index + 1,
    fromUs: day * DAY + from,
    toUs: day * DAY + end,
    breaks: pauses.map(([begin, stop]) => [day * DAY + begin, day * DAY + stop] as const),
  });
  // What reaches into the next week also reaches into this one.
  return days.flatMap((day) => [move(day), move(day - 7)]).filter(({ toUs }) => toUs > 0);
}

function stretchesOf(shifts: readonly Shift[]): Stretch[] {
  const spans = shifts.flatMap(spansOf).sort((a, b) => a.fromUs - b.fromUs);
  spans.slice(1).forEach((span, k) => {
    if (span.fromUs >= spans[k].toUs) return;
    const names = [spans[k], span].map(({ shift }) => shifts[shift - 1].name);
    throw new Refusal(`The shifts ${names.join(' and ')} overlap.`, 'Let one end when the next begins.');
  });
  const edges = spans.flatMap(({ fromUs, toUs, breaks }) => [fromUs, toUs, ...breaks.flat()]);
  const points = [...new Set([0, ...edges])].filter((us) => us >= 0 && us < WEEK).sort((a, b) => a - b);
  let offUs = 0;
  return points.map((fromUs, k) => {
    const found = spans.find((span) => span.fromUs <= fromUs && fromUs < span.toUs);
    const isBreak = found?.breaks.some(([begin, stop]) => begin <= fromUs && fromUs < stop) ?? false;
    const isManned = found !== undefined && !isBreak && shifts[found.shift - 1].operators > 0;
    const nextShift = spans.find((span) => span.fromUs > fromUs)?.fromUs ?? WEEK + ((spans[0].fromUs + WEEK) % WEEK);
    const stretch = { fromUs, shift: found?.shift ?? 0, isBreak, isManned, endsUs: found?.toUs ?? nextShift, offUs };
    offUs += isManned ? 0 : (points[k + 1] ?? WEEK) - fromUs;
    return stretch;
  });
}
