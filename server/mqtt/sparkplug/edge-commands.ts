import { randomUUID } from 'node:crypto';
import { decodePayload, type ReceivedMetric, type ReceivedPayload, valueOf } from '#contract/sparkplug-payload.ts';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { TokenBucket } from '#server/cells/token-bucket.ts';
import type { Sender } from '../commands.ts';
import type { Publication } from '../publish-rules.ts';
import { CommandGuard } from '../command-guard.ts';
import { shortfallOf, WaitingCommands, type WaitingCommandsOptions } from '../waiting-commands.ts';
import type { ParameterMetric } from './edge-metrics.ts';
import { type EdgeNode, REBIRTH } from './edge-node.ts';
import type { EdgeCommand } from './edge-topics.ts';

const MOST_WRITES = 20;
/** A rebirth is some fifty kilobytes to everyone who listens. */
const REBIRTHS_PER_SECOND = 0.5;
const REBIRTHS_AT_ONCE = 5;

export interface EdgeCommandsOptions extends WaitingCommandsOptions {
  readonly edge: EdgeNode;
  readonly now: () => number;
}

export interface EdgeSender extends Sender {
  readonly rebirthAsked: () => void;
}

/**
 * NCMD and DCMD (Sparkplug B 3.0, clauses 6.4.22 and 6.4.23): a rebirth, and parameters that are written on the one path
 * of commands. Sparkplug knows no answer but the data that follow, so that each refusal goes to `refusals`.
 */
export class EdgeCommands {
  private readonly waiting: WaitingCommands;
  private readonly rebirths: TokenBucket;
  private readonly guard: CommandGuard;

  constructor(private readonly options: EdgeCommandsOptions) {
    this.guard = new CommandGuard(options.cell);
    this.waiting = new WaitingCommands(options);
    this.rebirths = new TokenBucket(REBIRTHS_PER_SECOND, REBIRTHS_AT_ONCE, options.now);
  }

  async receive({ device }: EdgeCommand, { topic, payload }: Publication, sender: EdgeSender): Promise<void> {
    const refuse = (reason: string, metric = '') => sender.refuse(`publish ${topic}${metric && ` ${metric}`}`, reason);
    const read = readPayload(payload);
    if (typeof read === 'string') {
      refuse(read);
      return;
    }
    if (device === undefined && read.metrics.some(({ name }) => name === REBIRTH)) {
      this.rebirth(read.metrics, sender, refuse);
      return;
    }
    for (const metric of read.metrics) {
      const shown = metric.name ?? `alias ${metric.alias}`;
      const found = this.find(device, metric);
      if (typeof found === 'string') refuse(found, shown);
      else {
        const { actor, isProtected } = sender;
        const sentMs = metric.timestampMs ?? read.timestampMs;
        const id = `${topic} ${shown} ${sentMs}`;
        const denied = this.guard.deny({ target: found.target, actor, isProtected, id, sentMs });
        if (denied !== undefined) refuse(denied, shown);
        else await this.write(found, metric, actor, (reason) => refuse(reason, shown));
      }
    }
  }

  private rebirth(metrics: readonly ReceivedMetric[], sender: EdgeSender, refuse: (reason: string) => void): void {
    if (!metrics.some(({ name, value }) => name === REBIRTH && value === true)) {
      refuse(`${REBIRTH} is asked for with the Boolean value true.`);
    } else if (!this.rebirths.take()) refuse('Too many rebirths in a short time. Wait some seconds.');
    else {
      sender.rebirthAsked();
      if (this.options.edge.isAlive) this.options.edge.birth();
    }
  }

  /** The parameter that a metric names, by name or alias; or why there is none. */
  private find(device: string | undefined, { name, alias }: ReceivedMetric): ParameterMetric | string {
    const { groups } = this.options.edge.metrics;
    const group = groups.find((each) => each.device === device);
    if (!group) {
      const devices = groups.flatMap((each) => each.device ?? []);
      return `There is no device "${device}". There are ${devices.join(', ')}.`;
    }
    const isIt = (each: { name: string; alias: number }) =>
      name === undefined ? each.alias === alias : each.name === name;
    const found = group.parameters.find(isIt);
    if (found) return found;
    if (group.signals.some(isIt)) return 'This metric can only be read. Write one below "Parameters/".';
    const names = group.parameters.map((each) => each.name);
    const close = name === undefined ? '' : didYouMean(name, names);
    return `The birth certificate names no such metric.${close} Commands go to cmd.`;
  }

  private async write(
    { target, type }: ParameterMetric,
    metric: ReceivedMetric,
    actor: string,
    refuse: (reason: string) => void,
  ): Promise<void> {
    const value = valueOf(metric.value, metric.type ?? type);
    if (metric.isNull === true || value === undefined) {
      refuse('A parameter has a value: give one.');
      return;
    }
    if (this.waiting.isFull) {
      refuse('Too many commands are waiting. Wait until the data show them.');
      return;
    }
    const reason = shortfallOf(await this.waiting.carryOut({ id: randomUUID(), target, value }, actor));
    if (reason !== undefined) refuse(reason);
  }
}

function readPayload(payload: Buffer): ReceivedPayload | string {
  let read: ReceivedPayload;
  try {
    read = decodePayload(payload);
  } catch (error) {
    return `The payload is no Sparkplug B payload: ${(error as Error).message.slice(0, 100)}.`;
  }
  if (read.metrics.length === 0) return 'The payload has no metric.';
  if (read.metrics.length > MOST_WRITES) return `At most ${MOST_WRITES} metrics are written with one message.`;
  return read;
}
