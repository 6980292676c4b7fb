import { Kernel } from '#simulator/kernel/kernel.ts';
import { presentSlab, type Slab, within } from '#simulator/kernel/memory.ts';
import { RuleState } from './rule-state.ts';
import type { Rule } from './rule.ts';
import { Windows } from './windows.ts';

/** When a rule would have fired, and when it would have cleared again, if it did. */
export interface Firing {
  readonly firedUs: number;
  readonly clearedUs?: number;
}

/** What a rule saw when it last looked. */
export interface Seen {
  /** See `RuleStatus`. */
  readonly status: number;
  /** NaN for unknown. */
  readonly signals: readonly { readonly path: string; readonly value: number }[];
  readonly windows: readonly { readonly text: string; readonly value: number }[];
}

/**
 * A rule beside those of a cell, with a slab of its own: it is evaluated as they are, and acts on nothing. Make it while
 * that cell is open, at the instant at which the rule is to begin.
 */
export class Trial {
  readonly firings: Firing[] = [];
  private readonly rule: Rule;
  private readonly state: RuleState;
  private readonly windows: Windows;
  private readonly slab: Slab;

  constructor(rule: Rule) {
    const cell = presentSlab();
    const kernel = new Kernel();
    this.state = new RuleState(kernel.site('trial'), 1);
    this.windows = new Windows(kernel.site('windows'), Math.max(1, rule.windows.length));
    this.slab = kernel.blank();
    rule.samples.fill(NaN);
    rule.results.fill(NaN);
    this.rule = lookingAt(cell, rule);
    this.state.begin(1, this.rule);
    this.windows.take(1, this.rule.windows);
    kernel.open(cell);
  }

  get seen(): Seen {
    const { signals, windows, samples, results } = this.rule;
    return {
      status: within(this.slab, () => this.state.status),
      signals: signals.map(({ path }, k) => ({ path, value: samples[k] })),
      windows: windows.map(({ text }, k) => ({ text, value: results[k] })),
    };
  }

  run(t: number): void {
    if (t % this.rule.everyUs !== 0) return;
    const change = within(this.slab, () => this.state.step(this.rule, this.windows, t));
    if (change === 'fires') this.firings.push({ firedUs: t });
    else if (change === 'clears') this.firings.push({ ...this.firings.pop()!, clearedUs: t });
  }

  nextUs(t: number): number {
    return (Math.floor(t / this.rule.everyUs) + 1) * this.rule.everyUs;
  }
}

/** The rule, seeing the cell of that slab whichever slab is open. */
function lookingAt(cell: Slab, rule: Rule): Rule {
  const there = <A extends unknown[], T>(read: (...given: A) => T) => {
    return (...given: A): T => within(cell, () => read(...given));
  };
  return {
    ...rule,
    // What it saw is shown: all of it.
    guards: [],
    signals: rule.signals.map((signal) => ({
      ...signal,
      sampleAt: there((t: number) => signal.sampleAt(t)),
      changedUs: there(() => signal.changedUs()),
    })),
    each: rule.each && { ...rule.each, made: there(rule.each.made) },
    windows: rule.windows.map((use) => ({ ...use, made: use.made && there(use.made) })),
  };
}
