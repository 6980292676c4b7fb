import type { Duplex } from 'node:stream';
import type { Principal } from '#server/cells/live-cell.ts';
import { TokenBucket } from '#server/cells/token-bucket.ts';
import { EvidenceLog, type Whom } from './evidence-log.ts';
import type { MqttLimits } from './limits.ts';
import { isNoText, levelsOf, NO_TEXT, problemOfFilter } from './topic-filter.ts';

/** Each filter costs 20 and each live topic that it matches 1: the whole filter limit at once, then five a second. */
const SUBSCRIBE_BURST = 8000;
const SUBSCRIBE_PER_SECOND = 100;
const FILTER_COST = 20;

export interface ConnectionOptions {
  readonly principal: Principal;
  readonly who: Whom;
  readonly clientId: string;
  readonly isClean: boolean;
  /** TLS, or our own page: nobody on the way can read or change what it sends. */
  readonly isProtected: boolean;
  readonly stream: Duplex;
  readonly limits: MqttLimits;
  readonly now: () => number;
}

/** One client of a cell: who it is, what it was granted, what it may still ask for. */
export class Connection {
  readonly participant: string;
  readonly clientId: string;
  readonly isClean: boolean;
  readonly isProtected: boolean;
  readonly stream: Duplex;
  /** Client id inside the broker: nobody can take over the session of another participant. */
  readonly id: string;
  readonly filters = new Map<string, number>();
  /** Of these, the ones that are in effect: what is published now reaches it. */
  readonly heard = new Set<string>();
  readonly evidence: EvidenceLog;
  /** It is being sent what waited in its session. New messages of QoS 1 queue up behind that [MQTT-4.6.0-6]. */
  isCatchingUp: boolean;
  hasFailed = false;
  /** Since when it has taken nothing of what was written to it, if it has not. */
  stuckSinceMs: number | undefined;
  private hasFallenBehind = false;
  private readonly limits: MqttLimits;
  private readonly asking: TokenBucket;

  constructor({ principal, who, clientId, isClean, isProtected, stream, limits, now }: ConnectionOptions) {
    const { participant, cell } = principal;
    this.participant = participant;
    this.clientId = clientId;
    this.isClean = isClean;
    this.isProtected = isProtected;
    this.stream = stream;
    this.limits = limits;
    this.isCatchingUp = !isClean;
    this.id = `${participant}/${clientId}`;
    this.evidence = new EvidenceLog(cell, who);
    this.asking = new TokenBucket(SUBSCRIBE_PER_SECOND, SUBSCRIBE_BURST, now);
  }

  /** Too much is waiting for it: QoS 0 messages are left out until it has caught up. */
  get isBehind(): boolean {
    if (!this.stream.writableNeedDrain) this.hasFallenBehind = false;
    else if (this.stream.writableLength > this.limits.waitingBytes) this.hasFallenBehind = true;
    return this.hasFallenBehind;
  }

  /** Why it may not have this filter, if it may not. `topicsOf` is asked only if all else is well: it costs. */
  refuseFilter(filter: string, topicsOf: (filter: string) => number): string | undefined {
    const { filters, topicLength, topicLevels } = this.limits;
    const problem = isNoText(filter) ? NO_TEXT : problemOfFilter(filter);
    if (problem !== undefined) return problem;
    if (filter.length > topicLength) return `A topic filter may have ${topicLength} characters.`;
    if (levelsOf(filter) > topicLevels) return `A topic filter may have ${topicLevels} levels.`;
    if (!this.filters.has(filter) && this.filters.size >= filters) {
      return `A connection may have ${filters} topic filters. Use wildcards, or station messages.`;
    }
    if (!this.asking.take(FILTER_COST) || !this.asking.take(topicsOf(filter)))
      return 'Too many subscriptions in a short time. Wait some seconds.';
    return undefined;
  }
}

/** The client ids that belong to a participant begin so. */
export const idsOf = (participant: string): string => `${participant}/`;
