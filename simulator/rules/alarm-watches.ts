import { about } from '#simulator/kernel/refusal.ts';
import { refuseContradictions } from './alarm-conflicts.ts';
import { type AlarmPlan, planOf } from './alarm-plan.ts';
import { type Sight, sightOf } from './alarm-sight.ts';
import { type CommandSource, NO_COMMANDS } from './command-source.ts';
import type { SignalReader } from './compile.ts';

/** What an alarm is to watch, as the definition says, or the command that created it. */
export interface Watch {
  readonly plan: AlarmPlan;
  readonly sight: Sight;
}

/** Finds what alarms watch. Those that were created while a cell runs are looked up in its commands. */
export class AlarmWatches {
  /** Set for the cell whose slab is open. */
  commands: CommandSource = NO_COMMANDS;
  private reader: SignalReader | undefined;
  private fixed: readonly Watch[] = [];
  /** What a command that created an alarm means: it never changes. */
  private readonly made = new WeakMap<object, Watch>();
  /** The one that is being created: its command is not in the log yet. */
  private making: Watch | undefined;

  /** Finds the signals of the definition's alarms; throws a Refusal about `station` if there is none of that name. */
  connect(reader: SignalReader, plans: readonly AlarmPlan[], station: string): void {
    this.reader = reader;
    about(station, 'alarms', () => {
      this.fixed = plans.map((plan) => ({ plan, sight: sightOf(plan, reader) }));
      plans.forEach((plan, k) => refuseContradictions(plan, this.fixed[k].sight.signal, plans));
    });
  }

  /** All that is asked for until the next `beginRound` is asked at one instant. */
  beginRound(): void {
    this.reader?.beginRound();
  }

  /** @param source number of the command that created the alarm; 0 if it is of the definition */
  of(place: number, source: number): Watch {
    return source === 0 ? this.fixed[place] : this.madeBy(source);
  }

  madeBy(source: number): Watch {
    const command = this.commands.find(source);
    if (command === undefined && this.making !== undefined) return this.making;
    if (command === undefined) throw new Error(`No command ${source} of this cell created an alarm.`);
    let made = this.made.get(command);
    if (made === undefined) {
      made = this.understand(command.value);
      this.made.set(command, made);
    }
    return made;
  }

  /** What `{alarm, signal, kind, limit, ...}` means; throws a Refusal if it means nothing. */
  understand(value: unknown): Watch {
    if (this.reader === undefined) throw new Error('The alarms are not connected to a plant.');
    const plan = planOf(value);
    return { plan, sight: sightOf(plan, this.reader) };
  }

  /** Does something with an alarm whose command is being obeyed for the first time. */
  whileMaking(watch: Watch, work: () => void): void {
    this.making = watch;
    work();
    this.making = undefined;
  }
}
