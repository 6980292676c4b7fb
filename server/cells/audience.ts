import type { CellListener } from './live-cell.ts';

/** Those who listen to a cell. The list is never changed but replaced: whoever is being told need not copy it. */
export class Audience {
  private listeners: readonly CellListener[] = [];
  private telling = 0;

  /** `changed` hears when the first listener comes and when the last one goes. */
  constructor(private readonly changed: (isThere: boolean) => void) {}

  get isThere(): boolean {
    return this.listeners.length > 0;
  }

  /** Whether a listener is being told something at this moment. */
  get isListening(): boolean {
    return this.telling > 0;
  }

  add(listener: CellListener): void {
    if (this.listeners.includes(listener)) return;
    this.listeners = [...this.listeners, listener];
    if (this.listeners.length === 1) this.changed(true);
  }

  /** False if it was not there. */
  remove(listener: CellListener): boolean {
    if (!this.listeners.includes(listener)) return false;
    this.listeners = this.listeners.filter((one) => one !== listener);
    if (this.listeners.length === 0) this.changed(false);
    return true;
  }

  tell(what: (listener: CellListener) => void): void {
    this.telling += 1;
    try {
      for (const listener of this.listeners) what(listener);
    } finally {
      this.telling -= 1;
    }
  }

  /** Tells all why, and lets them go. */
  dismiss(reason: string): void {
    const all = this.listeners;
    this.listeners = [];
    if (all.length > 0) this.changed(false);
    for (const listener of all) listener.closed?.(reason);
  }
}
