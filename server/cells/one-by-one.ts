/** Does things one after the other, in the order of asking. What fails does not hold up what comes after it. */
export class OneByOne {
  private last: Promise<unknown> | undefined;

  get isIdle(): boolean {
    return this.last === undefined;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last === undefined ? Promise.resolve().then(work) : this.last.then(work);
    const settled = done.then(
      () => {},
      () => {},
    );
    this.last = settled;
    void settled.then(() => {
      if (this.last === settled) this.last = undefined;
    });
    return done;
  }
}
