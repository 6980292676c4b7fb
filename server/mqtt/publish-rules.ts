import type { MqttLimits } from './limits.ts';
import { type EdgeNames, edgeCommandOf, hostOf, OWN_GROUP, refuseState, STATE } from './sparkplug/edge-topics.ts';
import { hasWildcard, isNoText, levelsOf, NO_TEXT, problemOfText } from './topic-filter.ts';
import { type VehicleName, vehicleOrderOf } from './vda5050/vehicle-topics.ts';

export interface Publication {
  readonly topic: string;
  readonly payload: Buffer;
  readonly retain: boolean;
  readonly qos: number;
}

export interface PublishRules {
  readonly prefix: string;
  readonly edge: EdgeNames;
  readonly vehicles: readonly VehicleName[];
  readonly limits: MqttLimits;
  readonly hasRoom: (topic: string, bytes: number) => boolean;
}

/** Below `prefix`, where commands go; `undefined` for any other topic. `''` is `cmd` itself. */
export function commandPathOf(topic: string, prefix: string): string | undefined {
  if (topic === `${prefix}/cmd`) return '';
  return topic.startsWith(`${prefix}/cmd/`) ? topic.slice(`${prefix}/cmd/`.length) : undefined;
}

/** Whether a topic is a command, in any of the languages that are spoken here. */
export function isCommand(topic: string, { prefix, edge, vehicles }: PublishRules): boolean {
  return (
    commandPathOf(topic, prefix) !== undefined ||
    edgeCommandOf(topic, edge) !== undefined ||
    vehicleOrderOf(topic, vehicles) !== undefined
  );
}

/** Why a participant may not publish this, if they may not. */
export function refusePublication(publication: Publication, rules: PublishRules): string | undefined {
  const { topic, payload, retain, qos } = publication;
  const { prefix, limits, hasRoom } = rules;
  if (topic.length > limits.topicLength) return `A topic may have ${limits.topicLength} characters.`;
  const problem = isNoText(topic) ? NO_TEXT : problemOfText(topic);
  if (problem !== undefined) return problem;
  // aedes looks at those of PUBLISH, and at no will.
  if (hasWildcard(topic)) return 'Nothing is published to a wildcard: name the topic [MQTT-3.3.2-2].';
  if (levelsOf(topic) > limits.topicLevels) return `A topic may have ${limits.topicLevels} levels.`;
  if (isCommand(topic, rules)) {
    return retain ? 'A retained command would run again at any time. Publish it without the retain flag.' : undefined;
  }
  if (hostOf(topic) !== undefined) {
    if (qos === 0) return 'A STATE message is sent with QoS 1 [tck-id-host-topic-phid-birth-qos].';
    const reason = refuseState(payload, retain);
    if (reason !== undefined) return reason;
  } else if (!topic.startsWith('lab/') && !topic.startsWith(OWN_GROUP)) {
    return (
      'Only the line itself publishes here. Your own topics begin with "lab/", ' +
      `those of your own Sparkplug nodes with "${OWN_GROUP}", your host's is "${STATE}<host>"; ` +
      `commands go to "${prefix}/cmd".`
    );
  }
  if (retain && payload.length > 0 && !hasRoom(topic, payload.length)) {
    const { retainedTopics, retainedBytes } = limits;
    return `At most ${retainedTopics} topics and ${retainedBytes} bytes are retained. Clear some with an empty message.`;
  }
  return undefined;
}
