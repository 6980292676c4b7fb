import type { AttemptView } from '#contract/lab-view.ts';
import type { Me } from '#contract/participant.ts';
import type { Language } from '#contract/text.ts';
import { useEffect, useSyncExternalStore } from 'react';
import { call } from './api.ts';
import { RequestProblem } from './problem.ts';

interface Known {
  /** Undefined while unknown, null for nobody. */
  readonly me: Me | null | undefined;
  readonly problem: unknown;
}

const KNOWN = 'verkstad.known';

/** Who is signed in, and what opens a line: one for the page. */
class AccountStore {
  private current: Known = { me: undefined, problem: undefined };
  private readonly listeners = new Set<() => void>();

  readonly known = (): Known => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Asks who is signed in, unless nobody ever was in this browser: so a first visit has no refused request. */
  begin(mustAsk: boolean): void {
    if (mustAsk || localStorage.getItem(KNOWN)) void this.refresh();
    else this.know(null);
  }

  /** Asks again who is signed in and where the key leads. */
  readonly refresh = async (): Promise<void> => {
    try {
      this.know(await call('me', {}));
    } catch (error) {
      if (error instanceof RequestProblem && error.status === 401) this.know(null);
      else this.become({ ...this.current, problem: error });
    }
  };

  /** Opens a participant with a line of their own. */
  readonly tryIt = async (): Promise<Me> => {
    const made = await call('tryIt', {});
    this.know(made);
    return made;
  };

  /** Starts a lab; it brings a line of its own. */
  readonly startLab = async (lab: string, language: Language): Promise<AttemptView> => {
    const attempt = await call('startAttempt', { body: { lab }, query: { language } });
    await this.refresh();
    return attempt;
  };

  /** Goes on with a former attempt: its line is the current one again. */
  readonly resume = async (attempt: string): Promise<void> => {
    this.know(await call('resume', { params: { attempt } }));
  };

  private know(found: Me | null): void {
    if (found) localStorage.setItem(KNOWN, '1');
    else localStorage.removeItem(KNOWN);
    const { me } = this.current;
    const isSame = me !== undefined && JSON.stringify(me) === JSON.stringify(found);
    this.become({ me: isSame ? me : found, problem: undefined });
  }

  private become(next: Known): void {
    if (next.me === this.current.me && next.problem === this.current.problem) return;
    this.current = next;
    for (const listener of this.listeners) listener();
  }
}

const store = new AccountStore();

export interface Account extends Known, Pick<AccountStore, 'refresh' | 'tryIt' | 'startLab' | 'resume'> {}

export function useAccount(mustAsk: boolean): Account {
  const known = useSyncExternalStore(store.subscribe, store.known);
  useEffect(() => store.begin(mustAsk), [mustAsk]);
  const { refresh, tryIt, startLab, resume } = store;
  return { ...known, refresh, tryIt, startLab, resume };
}
