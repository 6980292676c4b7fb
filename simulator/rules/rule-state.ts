import { f64, record, type Site, u32, u8 } from '#simulator/kernel/fields.ts';
import { NEVER } from '#simulator/kernel/time.ts';
import type { PartTurn, Rule } from './rule.ts';
import type { Windows } from './windows.ts';

export const RuleStatus = { None: 0, Unknown: 1, Clear: 2, Waiting: 3, Fired: 4 } as const;

/**
 * What a cell remembers of one rule: numbers only. `source` is the number of the command that defined it, 0 if there is
 * none; the text is looked up there.
 */
export class RuleState extends record({
  source: u32(),
  everyUs: f64(),
  status: u8(),
  /** Evaluations since it was defined. */
  evaluations: u32(),
  /** When it last looked with nothing under way: while nothing of what it looks at changes, nothing will be. */
  calmUs: f64(-1),
  /** Of a rule that waits for parts: those of its station at the last look. */
  made: u32(),
  /** Since when `when` has been true without a break. */
  trueSinceUs: f64(NEVER),
  fired: u32(),
  published: f64(),
}) {
  constructor(
    site: Site,
    /** From 1. */
    readonly number: number,
  ) {
    super(site);
  }

  begin(source: number, { everyUs, each }: Rule): void {
    this.source = source;
    this.everyUs = everyUs;
    this.status = RuleStatus.Unknown;
    this.restart();
    this.made = each?.made() ?? 0;
  }

  end(): void {
    this.source = this.everyUs = 0;
    this.status = RuleStatus.None;
    this.restart();
  }

  private restart(): void {
    this.evaluations = this.fired = this.published = this.made = 0;
    this.trueSinceUs = NEVER;
    this.calmUs = -1;
  }

  /**
   * One evaluation at t. Says whether the rule fires now, clears now, or neither. It fires once, when `when` has been
   * true for `for`, and again only after it has cleared. While the answer is unknown it does neither.
   */
  step(rule: Rule, windows: Windows, t: number): 'fires' | 'clears' | undefined {
    const isTurn = this.isTurn(rule.each);
    if ((!isTurn && !rule.hasTimeWindows) || (rule.isDiscrete && this.isCalm(rule))) {
      if (!windows.hasNewParts(this.number, rule.windows)) return undefined;
    }
    const isRuledOut = this.look(rule, t);
    this.evaluations += 1;
    windows.update(this.number, rule.windows, this.evaluations, rule.results);
    if (!isTurn) return undefined;
    const change =
      this.status === RuleStatus.Fired ? this.seeWhetherOver(rule) : this.seeWhetherTrue(rule, isRuledOut, t);
    this.calmUs = change === undefined && this.status !== RuleStatus.Waiting ? t : -1;
    return change;
  }

  /** Takes the newest samples, as far as they can change the answer; true if those make `when` false already. */
  private look({ signals, samples, guards }: Rule, t: number): boolean {
    let k = 0;
    if (this.status !== RuleStatus.Fired) {
      for (const { upTo, holds } of guards) {
        for (; k < upTo; k++) samples[k] = signals[k].sampleAt(t);
        if (holds() === 0) return true;
      }
    }
    for (; k < signals.length; k++) samples[k] = signals[k].sampleAt(t);
    return false;
  }

  private isCalm({ signals }: Rule): boolean {
    const { calmUs } = this;
    for (let k = 0; k < signals.length; k++) if (signals[k].changedUs() >= calmUs) return false;
    return calmUs >= 0;
  }

  private isTurn(each: PartTurn | undefined): boolean {
    if (each === undefined) return true;
    const before = Math.floor(this.made / each.parts);
    this.made = each.made();
    return Math.floor(this.made / each.parts) > before;
  }

  private seeWhetherOver(rule: Rule): 'clears' | undefined {
    if (rule.until() !== 1) return undefined;
    this.status = RuleStatus.Clear;
    this.trueSinceUs = NEVER;
    return 'clears';
  }

  private seeWhetherTrue(rule: Rule, isRuledOut: boolean, t: number): 'fires' | undefined {
    const holds = isRuledOut ? 0 : rule.when();
    if (holds !== 1) {
      this.trueSinceUs = NEVER;
      this.status = holds === 0 ? RuleStatus.Clear : RuleStatus.Unknown;
      return undefined;
    }
    this.trueSinceUs = Math.min(this.trueSinceUs, t);
    this.status = RuleStatus.Waiting;
    if (t - this.trueSinceUs < rule.forUs) return undefined;
    this.status = RuleStatus.Fired;
    this.fired += 1;
    return 'fires';
  }
}
