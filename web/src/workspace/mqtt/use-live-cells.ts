import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { MqttDesk, Received } from './mqtt-desk.ts';

/** A row shows one line, whatever comes. */
const SHOWN_CHARACTERS = 120;

interface LiveCells {
  readonly payload: RefObject<HTMLDivElement | null>;
  readonly count: RefObject<HTMLDivElement | null>;
}

/**
 * Writes the payload and the count of a topic into two elements that React leaves empty: all rows may change twice a second,
 * and nothing else on the page does with them. Without a desk they stay as `message` says.
 */
export function useLiveCells(message: Received | undefined, desk: MqttDesk | undefined): LiveCells {
  const { n } = useWords();
  const payload = useRef<HTMLDivElement>(null);
  const count = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [payloadText, countText] = [textIn(payload.current!), textIn(count.current!)];
    const write = (now: Received | undefined) => {
      put(payloadText, shortened(now?.payload ?? ''));
      put(countText, now ? n(now.count) : '');
    };
    if (!message || !desk) {
      write(message);
      return undefined;
    }
    const { topic } = message;
    write(desk.find(topic));
    return desk.watch(topic, () => write(desk.find(topic)));
  }, [message, desk, n]);
  return { payload, count };
}

const shortened = (text: string): string =>
  text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;

function textIn(element: HTMLElement): Text {
  if (!(element.firstChild instanceof Text)) element.replaceChildren(new Text());
  return element.firstChild as Text;
}

function put(text: Text, value: string): void {
  if (text.data !== value) text.data = value;
}
