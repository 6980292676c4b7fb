/** Who waits for news of a signal or a topic, by its name. They are told together, and once however often it changed. */
export class Watchers {
  private readonly listeners = new Map<string, Set<() => void>>();
  private readonly changed = new Set<string>();

  watch(name: string, listener: () => void): () => void {
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.listeners.get(name) === listeners) this.listeners.delete(name);
    };
  }

  /** Notes that it changed; whether anybody waits for that. */
  note(name: string): boolean {
    const isWatched = this.listeners.has(name);
    if (isWatched) this.changed.add(name);
    return isWatched;
  }

  noteAll(): void {
    for (const name of this.listeners.keys()) this.changed.add(name);
  }

  readonly tell = (): void => {
    const changed = [...this.changed];
    this.changed.clear();
    for (const name of changed) for (const listener of this.listeners.get(name) ?? []) listener();
  };
}
