import type { AttemptView } from '#contract/lab-view.ts';
import type { Me } from '#contract/participant.ts';
import type { Language } from '#contract/text.ts';
import { useEffect, useSyncExternalStore } from 'react';
import { call, hearOutcomes } from './api.ts';
import { askCellEarly } from './early-cell.ts';
import { RequestProblem } from './problem.ts';

interface Known {
  /** Undefined while unknown, null for nobody. */
  readonly me: Me | null | undefined;
  readonly problem: unknown;
  /** Who was signed in here until the server forgot it: with name and key they come in again. */
  readonly formerly: Me | undefined;
  /** The line became another one, and nothing in this page asked for it. */
  readonly isMoved: boolean;
}

const KNOWN = 'verkstad.known';

/** Who is signed in, and what opens a line: one for the page. */
class AccountStore {
  private current: Known = { me: undefined, problem: undefined, formerly: undefined, isMoved: false };
  private readonly listeners = new Set<() => void>();
  private looking: Promise<void> | undefined;
  /** What this page asked for that may bring another line, until it is known which. */
  private ownDeed: Promise<unknown> | undefined;
  private isAsking = false;
  /** Asked before anything was shown, for whatever is shown first. */
  private isEarly = false;

  constructor() {
    hearOutcomes(({ status, code }) => {
      if (!this.current.me) return;
      if (status === 401 && code === 'not_signed_in') this.know(null);
      else if (code === 'no_cell') void this.look();
    });
  }

  readonly known = (): Known => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Asks who is signed in, unless nobody ever was in this browser: so a first visit has no refused request. */
  begin(mustAsk: boolean): void {
    const isKnown = this.isEarly && this.current.me !== undefined;
    this.isEarly = false;
    if (this.isAsking || isKnown) return;
    if (mustAsk || localStorage.getItem(KNOWN)) void this.refresh();
    else if (!this.current.me) this.know(null);
  }

  /** Asks again who is signed in and where the key leads. */
  readonly refresh = (): Promise<void> => this.ask();

  /** Asks who is signed in, and in the same breath what their line is like, before anything is shown. */
  askEarly(): void {
    this.isEarly = true;
    void this.ask(({ cell }) => askCellEarly(cell));
  }

  private async ask(first?: (me: Me) => void): Promise<void> {
    this.isAsking = true;
    try {
      const me = await call('me', {});
      first?.(me);
      this.know(me);
    } catch (error) {
      if (error instanceof RequestProblem && error.status === 401) this.know(null);
      else this.become({ ...this.current, problem: error });
    } finally {
      this.isAsking = false;
    }
  }

  /** The same, when something happened that nobody here asked for. */
  readonly look = (): Promise<void> => {
    this.looking ??= this.lookOnce().finally(() => (this.looking = undefined));
    return this.looking;
  };

  /** Does what may bring another line. Contact with the former one may be lost meanwhile, which is no surprise then. */
  readonly own = async <T>(deed: () => Promise<T>): Promise<T> => {
    const doing = deed();
    const settled = doing.then(nothing, nothing);
    this.ownDeed = settled;
    try {
      return await doing;
    } finally {
      if (this.ownDeed === settled) this.ownDeed = undefined;
    }
  };

  /** Opens a participant with a line of their own. */
  readonly tryIt = async (): Promise<Me> => {
    const made = await call('tryIt', {});
    this.know(made);
    return made;
  };

  /** Comes in with name and key. Whoever they lead to, the page goes on with them. */
  readonly signIn = async (id: string, key: string): Promise<void> => {
    this.know(await call('signIn', { body: { id, key } }));
  };

  /** A new key for one's own clients; those with the former one, and other browsers, are out. Contact is lost for a moment. */
  readonly renewKey = (): Promise<void> => this.own(async () => this.know(await call('renewKey', {})));

  /** Starts a lab; it brings a line of its own. */
  readonly startLab = (lab: string, language: Language): Promise<AttemptView> =>
    this.own(async () => {
      const attempt = await call('startAttempt', { body: { lab }, query: { language } });
      await this.refresh();
      return attempt;
    });

  /** Goes on with a former attempt: its line is the current one again. */
  readonly resume = (attempt: string): Promise<void> =>
    this.own(async () => this.know(await call('resume', { params: { attempt } })));

  private async lookOnce(): Promise<void> {
    await this.ownDeed;
    const { me } = this.current;
    await this.refresh();
    const { me: now } = this.current;
    if (me && now && now.cell !== me.cell) this.become({ ...this.current, isMoved: true });
  }

  private know(found: Me | null): void {
    rememberKnown(found !== null);
    const { me } = this.current;
    const isSame = me !== undefined && JSON.stringify(me) === JSON.stringify(found);
    const formerly = found ? undefined : (me ?? this.current.formerly);
    this.become({ me: isSame ? me : found, problem: undefined, formerly, isMoved: isSame && this.current.isMoved });
  }

  private become(next: Known): void {
    const { current } = this;
    if ((Object.keys(next) as (keyof Known)[]).every((name) => next[name] === current[name])) return;
    this.current = next;
    for (const listener of [...this.listeners]) listener();
  }
}

function nothing(): void {}

function rememberKnown(isKnown: boolean): void {
  try {
    if (isKnown) localStorage.setItem(KNOWN, '1');
    else localStorage.removeItem(KNOWN);
  } catch {
    // Storage is full or switched off: the next visit asks nobody who this is, and the workspace asks anyway.
  }
}

const store = new AccountStore();

type Deeds = Pick<AccountStore, 'refresh' | 'look' | 'own' | 'tryIt' | 'signIn' | 'renewKey' | 'startLab' | 'resume'>;
export interface Account extends Known, Deeds {}

/** Asks what the workspace begins with; the answers come while its code does. */
export const askEarly = (): void => store.askEarly();

export function useAccount(mustAsk: boolean): Account {
  const known = useSyncExternalStore(store.subscribe, store.known);
  useEffect(() => store.begin(mustAsk), [mustAsk]);
  const { refresh, look, own, tryIt, signIn, renewKey, startLab, resume } = store;
  return { ...known, refresh, look, own, tryIt, signIn, renewKey, startLab, resume };
}
