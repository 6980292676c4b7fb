import type { Facts } from '#contract/facts.ts';
import type { TopicCheck } from './check.ts';
import { failed, type Finding, passed } from './outcome.ts';
import { nameOf, type Values } from './reference.ts';

/** True once the participant subscribed the topic of this one signal by its full name. */
export function judgeTopic(check: TopicCheck, facts: Facts, values: Values): Finding {
  const levels = nameOf(check.signal, values).replaceAll('.', '/');
  const topics = facts.evidence.flatMap((entry) => (entry.kind === 'mqtt.subscribe' ? [own(entry.topic)] : [])).flat();
  const count = new Set(topics).size;
  const exact = topics.find((topic) => topic.endsWith(`/${levels}`) && !/[+#]/.test(topic));
  if (exact !== undefined) return passed({ topic: exact, count });
  if (!topics.length) return failed('none');
  const wildcard = topics.findLast((topic) => /[+#]/.test(topic));
  return wildcard === undefined
    ? failed('others', { topic: topics.at(-1)!, count })
    : failed('wildcard', { topic: wildcard, count });
}

/** What the workspace follows for its own pictures is no work of the participant: stations, states, clock, motion, answers. */
function own(topic: string): string[] {
  const WORKSPACE =
    /\/(?:ST\d\d|AGV\d|Line|Clock(?:\/.*)?|motion(?:\/.*)?|limits|\+\/State\/Current|events(?:\/.*)?|rsp(?:\/.*)?)$/;
  return WORKSPACE.test(topic) ? [] : [topic];
}
