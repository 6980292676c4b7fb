import type { EvidenceEntry } from '#contract/evidence.ts';
import { TokenBucket } from './token-bucket.ts';

/** What one can do over and over: each repeat is counted, and not written down by itself. */
type Repeatable = Extract<EvidenceEntry, { count?: unknown }>;
/** What lasts for a while, and has an end of its own. */
type Beginning = Extract<
  EvidenceEntry,
  { kind: 'opcua.session' | 'opcua.subscribe' | 'mqtt.session' | 'mqtt.subscribe' }
>;

interface Waiting {
  /** The last of those that were counted. */
  entry: Repeatable | Beginning;
  /** How many of them are not written down yet. */
  count: number;
  dueMs: number;
  waitMs: number;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 64_000;
/** Entries of one participant: at once, and a second from then on. What is beyond waits for its turn. */
const AT_ONCE = 5000;
const PER_SECOND = 2;
/** Different things that are known at one time. */
const MOST_KNOWN = 2000;

/**
 * Writes down what is done in a cell, so that it stays bounded however much that is. The first time is written at once;
 * while something is repeated it is counted, and the wait for the next entry doubles: an hour of polling costs some sixty
 * of them. Nothing that somebody did once is lost among what others do often.
 */
export class EvidenceBook {
  private readonly waiting = new Map<string, Waiting>();
  /** Of those that wait, how many wait for a repeat only. */
  private quiet = 0;
  private readonly budgets = new Map<string, TokenBucket>();
  private nextMs = Infinity;
  private nowMs = 0;

  constructor(private readonly keep: (entry: EvidenceEntry) => void) {}

  write(entry: EvidenceEntry): void {
    this.nowMs = entry.wallMs;
    switch (entry.kind) {
      case 'opcua.session':
      case 'opcua.subscribe':
      case 'mqtt.session':
      case 'mqtt.subscribe':
        if (!this.isAffordable(entry.participant)) this.wait(keyOf(entry), entry);
        else this.keep(entry);
        return;
      case 'opcua.closed':
      case 'mqtt.closed':
        this.endSession(entry.session);
        this.end(entry);
        return;
      case 'opcua.unsubscribe':
      case 'mqtt.unsubscribe':
        this.end(entry);
        return;
      default:
        if (isRepeatable(entry)) this.count(entry);
        else this.keep(entry);
    }
  }

  /** To be called now and then: what is due is looked for once a second at most. */
  tick(nowMs: number): void {
    if (nowMs < this.nextMs) return;
    this.nowMs = nowMs;
    let nextMs = Infinity;
    for (const [key, each] of this.waiting) {
      if (each.dueMs <= nowMs) {
        if (each.count > 0) this.writeIfAffordable(key, each);
        else if (each.dueMs + each.waitMs <= nowMs) this.forget(key);
      }
      nextMs = Math.min(nextMs, each.dueMs);
    }
    this.nextMs = Math.max(nextMs, nowMs + FIRST_WAIT_MS);
  }

  /** Writes all that may be written now, whenever it is due: someone wants to read it. */
  settle(nowMs: number): void {
    this.nowMs = nowMs;
    for (const [key, each] of this.waiting) if (each.count > 0) this.writeIfAffordable(key, each);
  }

  /** Writes all that there is: the cell ends. */
  close(): void {
    for (const [key, each] of this.waiting) if (each.count > 0) this.writeDown(key, each);
    this.waiting.clear();
    this.quiet = 0;
  }

  private count(entry: Repeatable): void {
    const key = keyOf(entry);
    const known = this.waiting.get(key);
    if (known) {
      if (known.count === 0) this.quiet -= 1;
      known.entry = entry;
      known.count += entry.count ?? 1;
    } else {
      this.wait(key, entry);
      const made = this.waiting.get(key);
      if (made) this.writeIfAffordable(key, made);
    }
  }

  private wait(key: string, entry: Repeatable | Beginning): void {
    this.nextMs = Math.min(this.nextMs, this.nowMs + FIRST_WAIT_MS);
    if (this.waiting.size >= MOST_KNOWN) this.forgetQuiet();
    if (this.waiting.size >= MOST_KNOWN && !isTooMuch(entry)) {
      this.count(tooMuch(entry));
      return;
    }
    const count = ('count' in entry ? entry.count : undefined) ?? 1;
    this.waiting.set(key, { entry, count, dueMs: this.nowMs, waitMs: FIRST_WAIT_MS });
  }

  /** What was not told to have begun does not end. */
  private end(entry: EvidenceEntry): void {
    if (!this.waiting.delete(keyOf(entry))) this.keep(entry);
  }

  private forgetQuiet(): void {
    if (this.quiet > 0) for (const [key, { count }] of this.waiting) if (count === 0) this.forget(key);
  }

  private forget(key: string): void {
    this.waiting.delete(key);
    this.quiet -= 1;
  }

  private endSession(session: string): void {
    for (const [key, each] of this.waiting) {
      const { entry } = each;
      if (!('session' in entry) || entry.session !== session || entry.kind.endsWith('.session')) continue;
      if (each.count > 0 && !isBeginning(entry)) this.writeIfAffordable(key, each);
      if (isBeginning(entry)) this.waiting.delete(key);
      else if (each.count === 0) this.forget(key);
    }
  }

  private writeIfAffordable(key: string, each: Waiting): void {
    if (this.isAffordable(each.entry.participant)) this.writeDown(key, each);
  }

  private writeDown(key: string, each: Waiting): void {
    const { entry, count } = each;
    each.count = 0;
    this.quiet += 1;
    each.dueMs = this.nowMs + each.waitMs;
    each.waitMs = Math.min(2 * each.waitMs, LONGEST_WAIT_MS);
    if (isBeginning(entry)) {
      this.forget(key);
      this.keep(entry);
    } else {
      this.keep(count > 1 || 'count' in entry ? { ...entry, count } : entry);
    }
  }

  private isAffordable(participant: string): boolean {
    const budget = this.budgets.get(participant) ?? new TokenBucket(PER_SECOND, AT_ONCE, () => this.nowMs);
    this.budgets.set(participant, budget);
    return budget.take();
  }
}

const REPEATABLE: ReadonlySet<string> = new Set<Repeatable['kind']>([
  ...(['opcua.read', 'opcua.browse', 'opcua.condition', 'opcua.refresh', 'opcua.events.read'] as const),
  ...(['history.read', 'mqtt.publish', 'mqtt.will', 'sparkplug.rebirth', 'sparkplug.state', 'refusal'] as const),
]);

/** A command that the line obeyed is judged by its own time, and budgeted before it gets here: see CommandBudgets. */
const isRepeatable = (entry: EvidenceEntry): entry is Repeatable =>
  REPEATABLE.has(entry.kind) || (entry.kind === 'command' && entry.status !== 'done');

const isBeginning = (entry: Repeatable | Beginning): entry is Beginning => !isRepeatable(entry);

/** The same for what is the same but for its times and sizes, and for a beginning and its end. */
function keyOf(entry: EvidenceEntry): string {
  switch (entry.kind) {
    case 'opcua.session':
    case 'opcua.closed':
    case 'mqtt.session':
    case 'mqtt.closed':
      return `session ${entry.session}`;
    case 'opcua.subscribe':
    case 'opcua.unsubscribe':
      return `opcua.item ${entry.session} ${entry.item}`;
    case 'mqtt.subscribe':
    case 'mqtt.unsubscribe':
      return `mqtt.filter ${entry.session} ${entry.topic}`;
    default: {
      const { wallMs: _, plantUs: __, ...what } = entry;
      return JSON.stringify({ ...what, count: undefined, bytes: undefined });
    }
  }
}

const TOO_MUCH = 'Too many different things were done in a short time to write each of them down.';

const isTooMuch = (entry: EvidenceEntry): boolean => entry.kind === 'refusal' && entry.reason === TOO_MUCH;

/** In the place of what there is no room for. */
const tooMuch = ({ kind, wallMs, plantUs, participant }: Repeatable | Beginning): Repeatable => ({
  ...{ kind: 'refusal', wallMs, plantUs, participant, what: 'evidence', reason: TOO_MUCH },
  via: kind.startsWith('opcua') ? 'opcua' : kind.startsWith('mqtt') || kind.startsWith('sparkplug') ? 'mqtt' : 'http',
});
