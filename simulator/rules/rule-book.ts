import { record } from '#simulator/kernel/fields.ts';
import { event, type EventSource } from '#simulator/kernel/journal.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { NEVER } from '#simulator/kernel/time.ts';
import { plantField, type PlantSite } from '#simulator/plant/station.ts';
import type { Action } from './action.ts';
import { type CommandSource, NO_COMMANDS } from './command-source.ts';
import { shown } from './located.ts';
import { RuleState } from './rule-state.ts';
import { idOf, type Rule, ruleOf, type Surroundings } from './rule.ts';
import type { Trial } from './trial.ts';
import { Windows } from './windows.ts';

/** Rules of a cell, and windows that all of them have together. */
const MOST_RULES = 10;
const MOST_WINDOWS = 10;
const NONE = 0;

/**
 * The rules of a cell. The slab names the command that defined each rule; the text stands in that command, which the log
 * or the scenario of the cell holds for ever. So a snapshot stays small, and a fork, a replay and a cell that is taken up
 * again find the same rules: their slab and their commands are of the same history.
 */
export class RuleBook extends record({
  fired: event('RuleFired'),
  cleared: event('RuleCleared'),
  acted: event('RuleActed'),
  published: event('RulePublished'),
  refused: event('RuleActionRefused'),
}) {
  readonly states: readonly RuleState[];
  /** Set for the cell whose slab is open. */
  commands: CommandSource = NO_COMMANDS;
  /** A rule that is only tried, in the cell whose slab is open. */
  trial: Trial | undefined;
  private readonly windows: Windows;
  private surroundings: Surroundings | undefined;
  private readonly rules = new WeakMap<object, Rule>();
  /** What each place was asked for last: nearly always it is asked for again. */
  private readonly newest: { readonly command: object; readonly rule: Rule }[] = [];

  constructor(private readonly site: PlantSite) {
    super(site);
    const { plant, station } = site;
    const other = [...plant.stations.values()].find(({ type }) => type === station.type);
    if (other) throw new Refusal(`${other.path} holds the rules of the cell already.`, 'Leave the second one out.');
    this.states = Array.from(
      { length: MOST_RULES },
      (_, k) => new RuleState({ ...site, path: `${site.path}.${k + 1}` }, k + 1),
    );
    this.windows = new Windows({ ...site, path: `${site.path}.windows` }, MOST_WINDOWS);
  }

  /** Says what rules may read and act on, once all of the plant is there. Their own station is not acted on. */
  connect({ signals, targets }: Surroundings): void {
    const own = this.site.station.path;
    const others = new Map([...targets].filter(([, { station }]) => station !== own));
    this.surroundings = { signals, targets: others };
  }

  /** A rule of a description; throws a Refusal if it is not right. */
  read(value: unknown): Rule {
    if (this.surroundings === undefined) throw new Error('The rules are not connected to a plant.');
    return ruleOf(value, this.surroundings);
  }

  define(value: unknown): void {
    const rule = this.read(value);
    const { present } = this.commands;
    const state =
      this.findState(rule.id, this.commands.isOpen(present)) ?? this.states.find(({ source }) => source === NONE);
    if (state === undefined) {
      const hint = `Remove one of ${this.ids(true).join(', ')}, or define it anew by its name.`;
      throw new Refusal(`There are ${MOST_RULES} rules already.`, hint);
    }
    const free = this.windows.countFree() + this.windows.countOf(state.number);
    if (rule.windows.length > free) {
      const message = `The rule has ${rule.windows.length} windows, and ${free} of ${MOST_WINDOWS} are free.`;
      throw new Refusal(message, 'Use fewer windows, or remove a rule that has some.');
    }
    this.windows.release(state.number);
    this.windows.take(state.number, rule.windows);
    state.begin(present, rule);
  }

  remove(id: unknown): void {
    const isOpen = this.commands.isOpen(this.commands.present);
    const state = this.findState(idOf(id), isOpen);
    if (state === undefined) {
      const known = this.ids(isOpen);
      const hint = known.length > 0 ? `There are ${known.join(', ')}.` : 'There is none.';
      throw new Refusal(`There is no rule ${shown(id)}.`, hint, 'unknown_target');
    }
    this.windows.release(state.number);
    state.end();
  }

  /** Evaluates all rules whose period has come. Rules go in the order of their numbers. */
  run(t: number): void {
    this.surroundings?.signals.beginRound();
    for (const state of this.states) {
      if (state.source === NONE || t % state.everyUs !== 0) continue;
      const rule = this.ruleOf(state);
      const change = state.step(rule, this.windows, t);
      if (change === 'fires') this.fire(state, rule, t);
      else if (change === 'clears') this.tell(this.cleared, t, state);
    }
    this.trial?.run(t);
  }

  /** When the next evaluation after t is due. */
  nextUs(t: number): number {
    let nextUs = this.trial?.nextUs(t) ?? NEVER;
    for (const { source, everyUs } of this.states) {
      if (source !== NONE) nextUs = Math.min(nextUs, (Math.floor(t / everyUs) + 1) * everyUs);
    }
    return nextUs;
  }

  /** Rules that everyone may know of, as they were defined, with the numbers by which signals and events name them. */
  describe(): { readonly number: number; readonly id: string; readonly definition: unknown }[] {
    return this.used(true).map((state) => ({
      number: state.number,
      id: this.ruleOf(state).id,
      definition: this.commands.find(state.source)?.value,
    }));
  }

  /** Whether the rule is one of a scenario: nobody is shown that it is there. */
  isHidden({ source }: RuleState): boolean {
    return source !== NONE && !this.commands.isOpen(source);
  }

  private fire(state: RuleState, { action }: Rule, t: number): void {
    this.tell(this.fired, t, state);
    if (action.does === 'alarm') return;
    this.tell(action.does === 'publish' ? this.publish(state, action.value()) : this.act(action, t), t, state);
    this.surroundings?.signals.beginRound();
  }

  private publish(state: RuleState, value: number): EventSource {
    if (!Number.isFinite(value)) return this.refused;
    state.published = value;
    return this.published;
  }

  private act({ target, value }: Extract<Action, { does: 'command' }>, t: number): EventSource {
    try {
      target.obey(t, value, undefined);
      return this.acted;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.refused;
    }
  }

  private tell(what: EventSource, t: number, state: RuleState): void {
    if (this.isHidden(state)) this.site.kernel.journal.fold(t, state.number);
    else what.raise(t, state.number);
  }

  private ids(isOpen: boolean): string[] {
    return this.used(isOpen).map((state) => this.ruleOf(state).id);
  }

  private used(isOpen: boolean): RuleState[] {
    return this.states.filter((state) => state.source !== NONE && this.isHidden(state) !== isOpen);
  }

  private findState(id: string, isOpen: boolean): RuleState | undefined {
    return this.used(isOpen).find((state) => this.ruleOf(state).id === id);
  }

  private ruleOf({ source, number }: RuleState): Rule {
    const command = this.commands.find(source);
    if (command === undefined) throw new Error(`No command ${source} of this cell defined a rule.`);
    const newest = this.newest[number];
    if (newest?.command === command) return newest.rule;
    const rule = this.rules.get(command) ?? this.read(command.value);
    this.rules.set(command, rule);
    this.newest[number] = { command, rule };
    return rule;
  }
}

export const ruleBook = () => plantField((site) => new RuleBook(site));
