import type { MqttLimits } from './limits.ts';

export interface Publication {
  readonly topic: string;
  readonly payload: Buffer;
  readonly retain: boolean;
}

/** Below `prefix`, where commands go; `undefined` for any other topic. `''` is `cmd` itself. */
export function commandPathOf(topic: string, prefix: string): string | undefined {
  if (topic === `${prefix}/cmd`) return '';
  return topic.startsWith(`${prefix}/cmd/`) ? topic.slice(`${prefix}/cmd/`.length) : undefined;
}

/** Why a participant may not publish this, if they may not. */
export function refusePublication(
  { topic, payload, retain }: Publication,
  {
    prefix,
    limits,
    hasRoom,
  }: { prefix: string; limits: MqttLimits; hasRoom: (topic: string, bytes: number) => boolean },
): string | undefined {
  if (topic.length > limits.topicLength) return `A topic may have ${limits.topicLength} characters.`;
  if (commandPathOf(topic, prefix) !== undefined) {
    return retain ? 'A retained command would run again at any time. Publish it without the retain flag.' : undefined;
  }
  if (!topic.startsWith('lab/')) {
    return `Only the line itself publishes here. Your own topics begin with "lab/", commands go to "${prefix}/cmd".`;
  }
  if (retain && payload.length > 0 && !hasRoom(topic, payload.length)) {
    const { retainedTopics, retainedBytes } = limits;
    return `At most ${retainedTopics} topics and ${retainedBytes} bytes are retained. Clear some with an empty message.`;
  }
  return undefined;
}
