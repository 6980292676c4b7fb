import type { AnswerEcho } from '#contract/lab-view.ts';
import { useSyncExternalStore } from 'react';
import { call } from './api.ts';
import { contact } from './contact.ts';
import { type FieldPlace, type Unsent, allKept, drop, keep, keyOf, placeOf } from './kept-answers.ts';
import { RequestProblem } from './problem.ts';

const SEND_AFTER_MS = 500;
/** Whoever typed it sends it; if that tab is gone, this one does. */
const SEND_FOR_ANOTHER_MS = 4_000;
const TRY_AGAIN_MS = 5_000;
/** So much text goes into one request. */
const MOST_TEXT = 100_000;

/** How it stands with what was typed, of all attempts. */
export interface BookState {
  readonly isSending: boolean;
  /** Some of what is unsent could not be kept in this browser: it is lost when the page is left. */
  readonly isUnkept: boolean;
}

type Word =
  | { readonly kind: 'typed'; readonly key: string; readonly unsent: Unsent }
  | {
      readonly kind: 'saved';
      readonly attempt: string;
      readonly step: string;
      readonly sent: readonly (readonly [key: string, unsent: Unsent])[];
      readonly echoes: readonly AnswerEcho[];
    }
  | { readonly kind: 'judged'; readonly attempt: string };

/**
 * Answers as typed, one book for the page. What is typed is kept in this browser at once, told to other tabs, and sent
 * soon, or when the server is back; of each field the text that was typed last wins, wherever that was.
 */
class AnswerBook {
  /** The server's wall clock, as well as it is known. */
  serverMs: () => number = Date.now;
  private readonly unsent = new Map<string, Unsent>(allKept());
  private readonly unkept = new Set<string>();
  /** What the server refused for good: it is not sent again by itself. */
  private readonly refused = new Set<string>();
  private readonly echoes = new Map<string, readonly AnswerEcho[]>();
  /** When the answers of a step were last heard of, counted. */
  private readonly heardAt = new Map<string, number>();
  private heard = 0;
  private newestMs = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> | undefined;
  private readonly channel = new BroadcastChannel('verkstad.answers');
  private readonly listeners = new Set<() => void>();
  private readonly judgedElsewhere = new Set<(attempt: string) => void>();
  private current: BookState;
  /** Why the answers of an attempt could not be sent last. */
  private readonly problems = new Map<string, unknown>();

  constructor() {
    this.current = this.survey();
    this.channel.onmessage = ({ data }: MessageEvent<Word>) => this.hear(data);
    contact.subscribe(() => {
      if (contact.state === 'well' && this.unsent.size > 0) this.sendSoon(0);
    });
    addEventListener('pagehide', () => void this.flush().catch(() => undefined));
    addEventListener('beforeunload', (event) => {
      if (this.current.isUnkept) event.preventDefault();
    });
    if (this.unsent.size > 0) this.sendSoon(SEND_FOR_ANOTHER_MS);
  }

  get state(): BookState {
    return this.current;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Calls `heard` when another tab had a step of an attempt judged. */
  onJudgedElsewhere(heard: (attempt: string) => void): () => void {
    this.judgedElsewhere.add(heard);
    return () => void this.judgedElsewhere.delete(heard);
  }

  /** Lets other tabs know that results of an attempt have changed. */
  tellJudged(attempt: string): void {
    this.post({ kind: 'judged', attempt });
  }

  /** The text of a field: what was typed last, as far as it is known here. */
  textOf(place: FieldPlace): string {
    const echo = this.echoOf(place);
    return this.unsent.get(keyOf(place))?.text ?? echo?.typed ?? '';
  }

  countUnsent(attempt: string): number {
    return [...this.unsent.keys()].filter((key) => placeOf(key).attempt === attempt).length;
  }

  problemOf(attempt: string): unknown {
    return this.problems.get(attempt);
  }

  isUnsent(place: FieldPlace): boolean {
    return this.unsent.has(keyOf(place));
  }

  /** What the server understood of a field. */
  echoOf({ attempt, step, ask }: FieldPlace): AnswerEcho | undefined {
    return this.echoes.get(`${attempt}/${step}`)?.find((echo) => echo.ask === ask);
  }

  /** To be handed to `learn` with what the server answers. */
  mark(): number {
    return this.heard;
  }

  /** Takes over what the server has, unless something newer was heard since the question. */
  learn(attempt: string, answers: Readonly<Record<string, readonly AnswerEcho[]>>, mark: number): void {
    for (const [step, echoes] of Object.entries(answers)) {
      if ((this.heardAt.get(`${attempt}/${step}`) ?? 0) <= mark) this.echoes.set(`${attempt}/${step}`, echoes);
    }
    this.tell();
  }

  type(place: FieldPlace, text: string): void {
    const key = keyOf(place);
    this.newestMs = Math.max(Math.round(this.serverMs()), this.newestMs + 1);
    const unsent = { text, typedMs: this.newestMs };
    this.refused.delete(key);
    this.put(key, unsent);
    this.post({ kind: 'typed', key, unsent });
    this.sendSoon(SEND_AFTER_MS);
  }

  /** Drops what is unsent of a step whose questions were drawn anew, or that was begun anew. */
  forget(attempt: string, step: string): void {
    for (const [key, unsent] of this.unsent) {
      if (key.startsWith(`${attempt}/${step}/`)) this.strike(key, unsent);
    }
    this.echoes.set(`${attempt}/${step}`, []);
    this.tell();
  }

  /** Sends all that is unsent; fulfilled once the server has it. What it refuses of other attempts is passed over. */
  async flush(attempt?: string): Promise<void> {
    clearTimeout(this.timer);
    for (let [next] = this.due(); next; [next] = this.due()) {
      this.sending ??= this.send().finally(() => (this.sending = undefined));
      this.tell();
      try {
        await this.sending;
      } catch (error) {
        if (!isForGood(error) || placeOf(next[0]).attempt === attempt) throw error;
      } finally {
        this.tell();
      }
    }
  }

  private due(): [string, Unsent][] {
    return [...this.unsent].filter(([key]) => !this.refused.has(key));
  }

  /** One request with fields of one step. */
  private async send(): Promise<void> {
    const [[first]] = this.due();
    const { attempt, step } = placeOf(first);
    let length = 0;
    const sent = this.due().filter(([key, { text }]) => {
      if (!key.startsWith(`${attempt}/${step}/`)) return false;
      length += text.length;
      return key === first || length < MOST_TEXT;
    });
    const field = (key: string) => placeOf(key).ask;
    const body = {
      answers: Object.fromEntries(sent.map(([key, { text }]) => [field(key), text])),
      typedMs: Object.fromEntries(sent.map(([key, { typedMs }]) => [field(key), typedMs])),
    };
    const language = document.documentElement.lang === 'sv' ? 'sv' : 'en';
    try {
      const echoes = await call('saveAnswers', { params: { attempt, step }, query: { language }, body });
      const word: Word = { kind: 'saved', attempt, step, sent, echoes };
      this.problems.delete(attempt);
      this.post(word);
      this.hear(word);
    } catch (error) {
      this.problems.set(attempt, error);
      if (isForGood(error)) for (const [key] of sent) this.refused.add(key);
      else this.sendSoon(TRY_AGAIN_MS);
      throw error;
    }
  }

  private hear(word: Word): void {
    if (word.kind === 'judged') {
      for (const heard of this.judgedElsewhere) heard(word.attempt);
      return;
    }
    if (word.kind === 'typed') {
      const { key, unsent } = word;
      if ((this.unsent.get(key)?.typedMs ?? 0) >= unsent.typedMs) return;
      this.newestMs = Math.max(this.newestMs, unsent.typedMs);
      this.put(key, unsent);
      this.sendSoon(SEND_FOR_ANOTHER_MS);
      return;
    }
    const place = `${word.attempt}/${word.step}`;
    this.echoes.set(place, word.echoes);
    this.heard += 1;
    this.heardAt.set(place, this.heard);
    for (const [key, unsent] of word.sent) this.strike(key, unsent);
    this.tell();
  }

  private put(key: string, unsent: Unsent): void {
    this.unsent.set(key, unsent);
    if (keep(key, unsent)) this.unkept.delete(key);
    else this.unkept.add(key);
    this.tell();
  }

  private strike(key: string, sent: Unsent): void {
    drop(key, sent);
    if ((this.unsent.get(key)?.typedMs ?? Infinity) > sent.typedMs) return;
    this.unsent.delete(key);
    this.unkept.delete(key);
    this.refused.delete(key);
  }

  private sendSoon(afterMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush().catch(() => undefined), afterMs);
  }

  private post(word: Word): void {
    this.channel.postMessage(word);
  }

  private survey(): BookState {
    return { isSending: !!this.sending, isUnkept: this.unkept.size > 0 };
  }

  private tell(): void {
    this.current = this.survey();
    for (const listener of [...this.listeners]) listener();
  }
}

/** Sending it again would come to the same. */
const isForGood = (error: unknown): boolean =>
  error instanceof RequestProblem && error.status >= 400 && error.status < 500 && ![401, 429].includes(error.status);

export const answerBook = new AnswerBook();

/** Renders again whenever anything in the book changes. */
export const useAnswerBook = (): BookState => useSyncExternalStore(answerBook.subscribe, () => answerBook.state);
