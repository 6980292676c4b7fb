/** Something that is done at most once in a while, at instants that are spread for different cells. */
export class Beat {
  private slot = NaN;

  /** @param phase 0 to 1: where in the while its instants lie */
  constructor(
    private readonly everyMs: number,
    private readonly phase: number,
  ) {}

  /** Whether an instant has come since this was last asked; the first time it has not. */
  isDue(nowMs: number): boolean {
    const slot = Math.floor(nowMs / this.everyMs + this.phase);
    const isDue = slot > this.slot;
    this.slot = slot;
    return isDue;
  }

  /** The next instant; none is known before the first time it is asked. */
  get nextMs(): number {
    return (this.slot + 1 - this.phase) * this.everyMs;
  }

  /** It has just been done out of turn. */
  skip(nowMs: number): void {
    this.isDue(nowMs);
  }
}

/** 0 to 1, the same for the same id (FNV-1a): so that a thousand cells do not send all at once. */
export function phaseOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let k = 0; k < id.length; k++) hash = Math.imul(hash ^ id.charCodeAt(k), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}
