import type { Facts } from '#contract/facts.ts';
import type { Kept } from './cell-facts.ts';

/**
 * What was asked of one cell so far. The past does not change; what was asked of the present is forgotten with it, and
 * what was derived from what was drawn, as soon as it is drawn anew.
 */
export class KnownPast {
  private readonly answers: Kept = new Map();
  private nowUs = -1;
  private drawn = '';

  /** What is still true when the cell is at `nowUs` and these are drawn. */
  at(nowUs: number, drawn: Facts['drawn']): Kept {
    const draw = JSON.stringify(drawn);
    if (nowUs !== this.nowUs || draw !== this.drawn)
      for (const question of this.answers.keys()) if (!isOfThePast(question, this.nowUs)) this.answers.delete(question);
    this.nowUs = nowUs;
    this.drawn = draw;
    return this.answers;
  }

  /** For a second cell that has lived the same so far. */
  copy(): KnownPast {
    const copy = new KnownPast();
    for (const [question, answer] of this.answers) copy.answers.set(question, answer);
    copy.nowUs = this.nowUs;
    copy.drawn = this.drawn;
    return copy;
  }
}

/** Only questions that name a window that was over, or an instant before the present of that time, last. */
function isOfThePast(question: string, nowUs: number): boolean {
  const window = / (\d+)-(\d+)$/.exec(question);
  if (window) return Number(window[2]) < nowUs;
  const instant = /^(?:totals|capture .+|value .+) (\d+)$/.exec(question);
  return instant !== null && Number(instant[1]) < nowUs;
}
