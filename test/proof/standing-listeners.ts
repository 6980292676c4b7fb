import type { CDPSession } from 'playwright-core';

/** On a page this is what an event can reach: window, document and what stands in it, sockets, ports, media queries. */
const REACHED = `function () {
  return this.filter((target) => {
    if (Object.hasOwn(target, 'constructor')) return false;
    return !(target instanceof Node) || target.isConnected;
  });
}`;

/**
 * Listeners that an event can still reach, each of them. Chromium's own counter also holds those of elements that left
 * the page and that React keeps until it renders again at their place; these count as nodes and bytes.
 */
export async function standingListeners(devtools: CDPSession): Promise<number> {
  const group = { objectGroup: 'standing-listeners' };
  const made = await devtools.send('Runtime.evaluate', { expression: 'EventTarget.prototype', ...group });
  const { objects } = await devtools.send('Runtime.queryObjects', {
    prototypeObjectId: made.result.objectId!,
    ...group,
  });
  const reached = await devtools.send('Runtime.callFunctionOn', {
    functionDeclaration: REACHED,
    objectId: objects.objectId!,
    ...group,
  });
  const { result } = await devtools.send('Runtime.getProperties', {
    objectId: reached.result.objectId!,
    ownProperties: true,
  });
  let count = 0;
  for (const { name, value } of result) {
    if (!/^\d+$/.test(name) || value?.objectId === undefined) continue;
    const { listeners } = await devtools.send('DOMDebugger.getEventListeners', { objectId: value.objectId });
    count += listeners.length;
  }
  await devtools.send('Runtime.releaseObjectGroup', group);
  return count;
}
