import { timer } from '#simulator/kernel/calendar.ts';
import { type ObjectField, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { hash, keyOf, type Seeded, seededKeys, uniform } from '#simulator/kernel/random.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { type Held, held, type Signal, type Text } from '#simulator/plant/signal.ts';
import { plantField, type PlantSite } from '#simulator/plant/station.ts';
import { text } from '#simulator/plant/texts.ts';

/** Condition of a returned unit: its housing can be used again, needs rework first, or is scrap. */
export const Grade = { None: 0, A: 1, B: 2, C: 3 } as const;
const GRADES: Readonly<Record<number, Text>> = {
  0: { en: 'none', sv: 'ingen' },
  1: { en: 'A: reuse', sv: 'A: återanvänd' },
  2: { en: 'B: rework', sv: 'B: bearbeta om' },
  3: { en: 'C: scrap', sv: 'C: skrota' },
};
/** Shares of the grades, and how often a look from outside names the right one; else it is the one next to it. */
const [SHARE_A, SHARE_B] = [0.3, 0.45];
const SEEN_RIGHT = 0.8;
/** Seconds of disassembly, cleaning and test by the grade that is seen; a unit seen as scrap is put aside. */
const WORK_S = [0, 260, 420, 40] as const;
const WORK_SPREAD = 0.3;
const [CONDITION, LOOK, PACE, KEYS] = [0, 1, 2, 4];

/**
 * The bench beside the store where returned units are taken apart, one at a time. A look from outside gives a grade, by
 * which it is treated; what it really was comes out at the test. Condition and luck are pure functions of the seed and
 * of the number of the unit.
 */
export class Disassembly
  extends record({
    keyA: u32(),
    keyB: u32(),
    /** Number of the unit on the bench or last on it, from 1. */
    core: u32(),
    isBusy: u8(),
    seen: u8(),
    found: u8(),
    /** Units that somebody ordered to be taken apart. */
    ordered: u32(),
    /** Recovered housings that wait in the rack, and all that there ever were. */
    housings: u32(),
    recovered: u32(),
    scrapped: u32(),
    done: timer(),
    coreRecovered: event('CoreRecovered'),
    coreScrapped: event('CoreScrapped'),
  })
  implements Seeded
{
  private readonly key: number;

  constructor(
    site: PlantSite,
    private readonly freed: (station: never, t: number) => void,
  ) {
    super(site);
    this.key = keyOf(site.path);
    site.kernel.seeded.push(this);
    this.done.connect<Disassembly>(this, (bench, t) => {
      bench.finish(t);
      this.freed(site.station.self, t);
    });
  }

  seed(high: number, low: number): void {
    Object.assign(this, seededKeys(this.key, high, low));
  }

  /** Takes the next unit onto the bench. */
  begin(t: number): void {
    this.core += 1;
    this.isBusy = 1;
    if (this.ordered > 0) this.ordered -= 1;
    this.seen = this.seenGrade(this.core);
    this.found = Grade.None;
    const pace = 1 + WORK_SPREAD * (uniform(this.luck(PACE)) - 0.5);
    this.done.at(t + Math.round(WORK_S[this.seen] * pace * SECOND));
  }

  /** Hidden: what a unit really is. */
  gradeOf(core: number): number {
    const u = uniform(this.luck(CONDITION, core));
    return u < SHARE_A ? Grade.A : u < SHARE_A + SHARE_B ? Grade.B : Grade.C;
  }

  /** What a look from outside says. */
  seenGrade(core: number): number {
    const u = uniform(this.luck(LOOK, core));
    const grade = this.gradeOf(core);
    if (u < SEEN_RIGHT) return grade;
    if (grade !== Grade.B) return Grade.B;
    return u < (1 + SEEN_RIGHT) / 2 ? Grade.A : Grade.C;
  }

  private finish(t: number): void {
    this.isBusy = 0;
    // Nobody opens what looks like scrap.
    if (this.seen !== Grade.C) this.found = this.gradeOf(this.core);
    if (this.found === Grade.A || this.found === Grade.B) {
      this.housings += 1;
      this.recovered += 1;
      this.coreRecovered.raise(t, this.core);
      return;
    }
    this.scrapped += 1;
    this.coreScrapped.raise(t, this.core);
  }

  private luck(what: number, core = this.core): number {
    return hash(this.keyA, this.keyB, core * KEYS + what);
  }

  /** Orders so many of the units in the rack to be taken apart. */
  order(wanted: unknown, cores: number): void {
    const most = cores - this.ordered;
    if (!Number.isInteger(wanted) || Number(wanted) < 1) {
      throw new Refusal(
        `${JSON.stringify(wanted)} is no number of returned units.`,
        'Give a whole number above 0.',
        'wrong_type',
      );
    }
    if (Number(wanted) > most) {
      throw new Refusal(
        `${String(wanted)} returned units cannot be taken apart: ${most} more lie in the rack.`,
        'Wait until vehicles have brought more.',
      );
    }
    this.ordered += Number(wanted);
  }

  signals(): Signal[] {
    const counted = (name: string, at: () => number, en: string, sv: string, more: Held = {}): Signal =>
      held(name, '1', at, { ...text(en, sv), range: [0, 1e6], ...more });
    const graded: Held = { type: 'Int32', range: [0, 3], words: GRADES };
    return [
      counted(
        'Core.Number',
        () => this.core,
        'Returned unit on the bench, or last',
        'Returnerad enhet på bänken, eller senast',
      ),
      counted('Core.Seen', () => this.seen, 'Its grade as seen from outside', 'Dess klass sedd utifrån', graded),
      counted('Core.Found', () => this.found, 'Its grade as the test found it', 'Dess klass enligt provet', graded),
      counted('Stock.Housings', () => this.housings, 'Recovered housings in the rack', 'Återvunna hus i lagret'),
      counted(
        'Counter.Recovered',
        () => this.recovered,
        'Housings recovered since the start',
        'Återvunna hus sedan start',
      ),
      counted(
        'Counter.CoresScrapped',
        () => this.scrapped,
        'Returned units scrapped since the start',
        'Returnerade enheter kasserade sedan start',
      ),
    ];
  }
}

/** `freed` hears that the bench is free. */
export const disassembly = (freed: (station: never, t: number) => void): ObjectField<Disassembly> =>
  plantField((site) => new Disassembly(site, freed));
