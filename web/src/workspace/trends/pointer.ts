/** The instant that the pointer is at in any of the charts, outside React: it moves with every pixel. */
export class Pointer {
  ms: number | undefined;
  private readonly listeners = new Set<() => void>();

  set(ms: number | undefined): void {
    if (this.ms === ms) return;
    this.ms = ms;
    for (const listener of this.listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
