import type { CellListener } from './live-cell.ts';

/** Those who listen to a cell. */
export class Audience {
  private readonly listeners = new Set<CellListener>();
  private telling = 0;

  /** `changed` hears when the first listener comes and when the last one goes. */
  constructor(private readonly changed: (isThere: boolean) => void) {}

  get isThere(): boolean {
    return this.listeners.size > 0;
  }

  /** Whether a listener is being told something at this moment. */
  get isListening(): boolean {
    return this.telling > 0;
  }

  add(listener: CellListener): void {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.changed(true);
  }

  /** False if it was not there. */
  remove(listener: CellListener): boolean {
    if (!this.listeners.delete(listener)) return false;
    if (this.listeners.size === 0) this.changed(false);
    return true;
  }

  tell(what: (listener: CellListener) => void): void {
    this.telling += 1;
    try {
      for (const listener of [...this.listeners]) what(listener);
    } finally {
      this.telling -= 1;
    }
  }

  /** Tells all why, and lets them go. */
  dismiss(reason: string): void {
    const all = [...this.listeners];
    this.listeners.clear();
    if (all.length > 0) this.changed(false);
    for (const listener of all) listener.closed?.(reason);
  }
}
