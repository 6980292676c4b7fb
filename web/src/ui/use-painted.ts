import { startTransition, useEffect, useState } from 'react';

/** Calls back once the page was painted with what stands on it now, unless the returned function is called before. */
export function oncePainted(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => (timer = setTimeout(work)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** False until the page was painted once with the caller on it: what takes long to make, and may come a moment later, waits. */
export function usePainted(): boolean {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => oncePainted(() => startTransition(() => setPainted(true))), []);
  return isPainted;
}
