import { BUILD_PATTERN } from '#contract/web-build.ts';
import { useSyncExternalStore } from 'react';
import { call, hearOutcomes } from './api.ts';

/** Whether the server answers: `offline` says the browser, `silent` that a request came back without an answer. */
export type Contact = 'well' | 'offline' | 'silent';

const TRY_AGAIN_MS = 2_000;

/** The build of this page; undefined where it was not built. */
const ownBuild = (): string | undefined =>
  BUILD_PATTERN.exec(document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? '')?.[1];

/** Contact with the server, of the whole page: learnt from every request, and asked for while it is lost. */
class ContactStore {
  private current: Contact = navigator.onLine ? 'well' : 'offline';
  private outdated = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor() {
    const own = ownBuild();
    hearOutcomes(({ status, build }) => {
      if (build !== undefined && own !== undefined && build !== own && !this.outdated) {
        this.outdated = true;
        this.tell();
      }
      this.enter(status > 0 ? 'well' : navigator.onLine ? 'silent' : 'offline');
    });
    addEventListener('offline', () => this.enter('offline'));
    addEventListener('online', () => void this.ask());
    if (this.current !== 'well') this.enter('silent');
  }

  get state(): Contact {
    return this.current;
  }

  /** The server hands out another build than this page is of. */
  get isOutdated(): boolean {
    return this.outdated;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Asks whether the server is there. */
  ask = async (): Promise<boolean> => {
    await call('health', {}).catch(() => undefined);
    return this.current === 'well';
  };

  /** Fulfilled once the server answers. */
  async well(): Promise<void> {
    if (await this.ask()) return;
    await new Promise<void>((resolve) => {
      const leave = this.subscribe(() => {
        if (this.current !== 'well') return;
        leave();
        resolve();
      });
    });
  }

  private enter(state: Contact): void {
    clearTimeout(this.timer);
    if (state !== 'well') this.timer = setTimeout(() => void this.ask(), TRY_AGAIN_MS);
    if (state === this.current) return;
    this.current = state;
    this.tell();
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

export const contact = new ContactStore();

export const useContact = (): Contact => useSyncExternalStore(contact.subscribe, () => contact.state);

export const useIsOutdated = (): boolean => useSyncExternalStore(contact.subscribe, () => contact.isOutdated);
