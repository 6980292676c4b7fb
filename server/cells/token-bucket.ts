/** Allows `perSecond` on average and `burst` at once. `now` in ms. */
export class TokenBucket {
  private left: number;
  private atMs: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly now: () => number,
  ) {
    this.left = burst;
    this.atMs = now();
  }

  /** Takes `n` if they are there. */
  take(n = 1): boolean {
    const nowMs = this.now();
    this.left = Math.min(this.burst, this.left + (Math.max(0, nowMs - this.atMs) / 1000) * this.perSecond);
    this.atMs = nowMs;
    if (this.left < n) return false;
    this.left -= n;
    return true;
  }
}
