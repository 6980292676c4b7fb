import { type ComponentType, createElement, useEffect, useState } from 'react';
import { contact } from '../live/contact.ts';
import { Loading } from './loading.tsx';

/** A part of the page that is loaded when it is first shown. */
type LaterPart<P> = ComponentType<P> & {
  /** Fetches the part before it is shown. If it does not come, showing it says so. */
  readonly fetch: () => void;
};

/**
 * A part of the page that is loaded when it is first shown. Without contact it waits for it, so that a tab which is
 * opened offline comes once the server is back; a part that the server does not have any more fails. It is shown as soon
 * as it is there: React's own `lazy` lets what stands in for it stay for 300 ms at least.
 */
export function lazily<P extends object>(
  load: () => Promise<ComponentType<P>>,
  standIn: ComponentType = Loading,
): LaterPart<P> {
  let there: ComponentType<P> | undefined;
  const get = async (): Promise<ComponentType<P>> => (there ??= await patiently(load));
  function Later(props: P) {
    const [come, setCome] = useState<{ readonly part?: ComponentType<P>; readonly failure?: Error }>({});
    const part = there ?? come.part;
    useEffect(() => {
      if (part) return undefined;
      let isGone = false;
      get().then(
        (made) => isGone || setCome({ part: made }),
        (reason: unknown) =>
          isGone || setCome({ failure: reason instanceof Error ? reason : new Error(String(reason)) }),
      );
      return () => void (isGone = true);
    }, [part]);
    if (part) return createElement(part, props);
    if (come.failure) throw come.failure;
    return createElement(standIn);
  }
  return Object.assign(Later, { fetch: () => void get().catch(() => undefined) });
}

/** Loads a part of the code, without contact once it is there. Throws where the server does not have it any more. */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const isThere = await contact.ask();
    if (contact.isOutdated) throw error;
    if (!isThere) await contact.well();
    const part = await load();
    loadStylesAgain();
    return part;
  }
}

/** Sheets that did not arrive; one that is still under way must stay, or whoever waits for it waits for ever. */
const failedSheets = new Set<HTMLLinkElement>();
addEventListener(
  'error',
  ({ target }) => target instanceof HTMLLinkElement && target.rel === 'stylesheet' && failedSheets.add(target),
  { capture: true },
);

/** A sheet that did not arrive is not asked for again by itself. */
function loadStylesAgain(): void {
  for (const link of failedSheets) link.replaceWith(link.cloneNode());
  failedSheets.clear();
}
