/** Runs what is asked under one name strictly one after the other; other names do not wait. */
export function inTurn(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const done = (last.get(name) ?? Promise.resolve()).then(work);
    const settled = done.catch(() => {});
    last.set(name, settled);
    void settled.then(() => last.get(name) === settled && last.delete(name));
    return done;
  };
}
