import { type ComponentType, lazy } from 'react';
import { contact } from '../live/contact.ts';

/**
 * A part of the page that is loaded when it is first shown. Without contact it waits for it, so that a tab which is
 * opened offline comes once the server is back; a part that the server does not have any more fails.
 */
export function lazily<P>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => ({ default: await patiently(load) }));
}

async function patiently<T>(load: () => Promise<T>): Promise<T> {
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

/** A sheet that did not arrive is not asked for again by itself. */
function loadStylesAgain(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    if (link.sheet === null) link.replaceWith(link.cloneNode());
  }
}
