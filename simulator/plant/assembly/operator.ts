import { timer } from '#simulator/kernel/calendar.ts';
import { field, type ObjectField, record, u8 } from '#simulator/kernel/fields.ts';
import { stream, uniform } from '#simulator/kernel/random.ts';
import { HOUR, minutes, NEVER } from '#simulator/kernel/time.ts';
import { distribution } from '#simulator/plant/distribution.ts';
import { choice, count, quantity } from '#simulator/plant/parameters.ts';
import { VARIANTS } from '#simulator/plant/parts/variants.ts';
import { shiftLink } from '#simulator/plant/people/shifts.ts';
import { Reason } from '#simulator/plant/reasons.ts';
import { held, type Signal, signal, type Text } from '#simulator/plant/signal.ts';
import type { PlantSite } from '#simulator/plant/station.ts';
import { text } from '#simulator/plant/texts.ts';
import type { WorkCycle } from '#simulator/plant/work-cycle.ts';
import { learned, LEARNED_AT_MOST } from './learning.ts';

/** Operators that a station knows apart: one a shift. Further shifts share them. */
const OPERATORS = 4;
const TIRED_AFTER = 4 * HOUR;
const Presence = { Here: 0, Away: 1, Off: 2 } as const;

const words: Record<number, Text> = { 0: { en: 'nobody', sv: 'ingen' } };
for (let k = 1; k <= OPERATORS; k++) words[k] = { en: `Operator ${k}`, sv: `Operatör ${k}` };

/**
 * The person at a manual station: there by the shifts but for short absences, with a seeded skill, learning each variant
 * by Wright's 80 % curve, and growing tired from break to break.
 */
export class Operator extends record({
  pace: quantity('%', {
    fallback: 100,
    min: 60,
    max: 130,
    shown: { path: 'Operator.Pace', ...text('Pace of the operator', 'Operatörens arbetstakt') },
  }),
  presentTime: distribution({ exponential: 14_400 }),
  absentTime: distribution({ uniform: [60, 180] }),
  /** Called away until further notice. */
  isCalledAway: choice('no', 'yes'),
  /** How far the fastest and the slowest differ from the standard time. */
  skillSpread: quantity('%', { fallback: 0, max: 50 }),
  /** How much slower after four hours without a break. */
  fatigue: quantity('%', { fallback: 0, max: 100 }),
  /** The piece of a variant with which the standard time is reached. 1 is nothing to learn. */
  standardPiece: count({ fallback: 1, min: 1, max: LEARNED_AT_MOST }),
  /** Pieces made before the start, as a share of those to the standard time. */
  experience: quantity('1', { fallback: 1, max: 2 }),
  presence: u8(),
  /** From 1; who works, or worked last. */
  number: u8(1),
  people: stream(),
  leaves: timer(),
  returns: timer(),
  shifts: shiftLink((station: { operator: Operator }, t) => station.operator.turn(t)),
}) {
  private readonly madeAt: number;
  private readonly skillAt: number;

  constructor(private readonly site: PlantSite) {
    super(site);
    const { layout } = site.kernel;
    this.madeAt = layout.take('u32', OPERATORS * VARIANTS.length, `${site.path}.made`);
    this.skillAt = layout.take('f64', OPERATORS, `${site.path}.skill`);
    this.leaves.connect(this, (operator, t) => operator.leave(t));
    this.returns.connect(this, (operator, t) => operator.comeBack(t));
  }

  start(t: number): void {
    const { people } = this;
    for (let k = 0; k < OPERATORS; k++) {
      this.f64[this.skillAt + k] = 1 + (this.skillSpread / 100) * (2 * uniform(people.next()) - 1);
    }
    for (let k = 0; k < OPERATORS * VARIANTS.length; k++) {
      const share = this.experience * (0.75 + 0.5 * uniform(people.next()));
      this.u32[this.madeAt + k] = Math.floor(this.standardPiece * share);
    }
    this.turn(t);
  }

  /** What keeps the work from going on, or Executing. */
  get cause(): number {
    const { presence } = this;
    return presence === Presence.Here ? Reason.Executing : presence === Presence.Off ? Reason.Break : Reason.NoOperator;
  }

  /** Pieces of a variant that who works has made. */
  made(variant: number): number {
    return this.u32[this.madeAt + this.row(variant)];
  }

  learn(variant: number): void {
    this.u32[this.madeAt + this.row(variant)] += 1;
  }

  /** Time of the next piece of a variant against the standard time. */
  timeShare(variant: number, t: number): number {
    const learnt = learned(this.made(variant) + 1, this.standardPiece);
    return (learnt * this.skill * (1 + (this.fatigue / 100) * this.tiredness(t)) * 100) / this.pace;
  }

  /** Time against the standard time that is the person's own; below 1 is fast. */
  get skill(): number {
    return this.f64[this.skillAt + this.number - 1];
  }

  /** 0 after a break, 1 after four hours of the shift without one; always 0 without shifts. */
  tiredness(t: number): number {
    const { calendar } = this.shifts;
    return calendar === undefined ? 0 : Math.min(1, calendar.workedUs(t) / TIRED_AFTER);
  }

  signals(variantAtHand: () => number): Signal[] {
    const isHere = () => (this.presence === Presence.Here ? 1 : 0);
    return [
      held('Operator.Present', '1', isHere, {
        ...text('Operator is at the place', 'Operatören är på plats'),
        type: 'Boolean',
        range: [0, 1],
      }),
      held('Operator.Id', '1', () => isHere() * this.number, {
        ...text('Who is at the place; 0 is nobody', 'Vem som är på plats; 0 är ingen'),
        range: [0, OPERATORS],
        words,
      }),
      signal('Operator.Fatigue', '%', (t) => this.fatigue * this.tiredness(t), {
        ...text(
          'How much slower the operator is than after a break',
          'Hur mycket långsammare operatören är än efter en rast',
        ),
        range: [0, 100],
        scanS: 10,
        restarts: true,
      }),
      held('Operator.Pieces', '1', () => this.made(variantAtHand()), {
        ...text(
          'Pieces of the last variant that this operator has made',
          'Exemplar av senaste varianten som operatören har gjort',
        ),
        range: [0, 4e9],
      }),
    ];
  }

  /** The calendar has turned: a break, the end of one, or the next shift. */
  turn(t: number): void {
    const { cycle } = this;
    if (this.shifts.isManned(t)) {
      const wasAway = this.presence === Presence.Away;
      this.number = 1 + ((this.shifts.number(t) + OPERATORS - 1) % OPERATORS);
      if (!wasAway) this.arrive(t);
      return;
    }
    this.presence = Presence.Off;
    this.leaves.cancel();
    this.returns.cancel();
    cycle.pause(Reason.Break, t);
    if (cycle.control.reason === Reason.NoOperator) cycle.control.enter(Reason.Break, t);
  }

  /** A parameter has changed: who is called away leaves at once, and who no longer is comes back. */
  follow(t: number): void {
    const { presence } = this;
    if (this.isCalledAway === 1 && presence === Presence.Here) this.stayAway(t);
    else if (this.isCalledAway === 0 && presence === Presence.Away && this.returns.dueUs === NEVER) this.arrive(t);
  }

  private stayAway(t: number): void {
    const { cycle } = this;
    this.presence = Presence.Away;
    this.leaves.cancel();
    cycle.pause(Reason.NoOperator, t);
    if (cycle.control.reason === Reason.Break) cycle.control.enter(Reason.NoOperator, t);
  }

  private arrive(t: number): void {
    if (this.isCalledAway === 1) {
      this.stayAway(t);
      return;
    }
    this.presence = Presence.Here;
    this.leaves.at(t + this.presentTime.draw());
    this.cycle.retry(t);
  }

  private leave(t: number): void {
    const { cycle } = this;
    if (!cycle.control.isRunning) {
      this.leaves.at(t + minutes(2));
      return;
    }
    this.presence = Presence.Away;
    cycle.pause(Reason.NoOperator, t);
    this.returns.at(t + this.absentTime.draw());
  }

  private comeBack(t: number): void {
    this.arrive(t);
  }

  private get cycle(): WorkCycle {
    return (this.site.station.self as { cycle: WorkCycle }).cycle;
  }

  private row(variant: number): number {
    return (this.number - 1) * VARIANTS.length + variant;
  }
}

export const operator = (): ObjectField<Operator> => field((site) => new Operator(site as PlantSite));
