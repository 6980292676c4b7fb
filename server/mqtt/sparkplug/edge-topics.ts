/** Messages of an edge node and of its devices, Sparkplug B 3.0 clause 4. */
type NodeMessage = 'NBIRTH' | 'NDATA' | 'NDEATH' | 'NCMD';
type DeviceMessage = 'DBIRTH' | 'DDATA' | 'DCMD';

const NAMESPACE = 'spBv1.0';
/** Where participants may be an edge node of their own. */
export const OWN_GROUP = `${NAMESPACE}/lab/`;
export const STATE = `${NAMESPACE}/STATE/`;

/** How the line is called in Sparkplug. */
export interface EdgeNames {
  readonly group: string;
  readonly node: string;
}

/** `nordpump/halmstad/pumps/line1` is the node `line1` in the group `nordpump-halmstad`. */
export function edgeNamesOf(prefix: string): EdgeNames {
  const levels = prefix.split('/');
  const node = levels.at(-1) ?? prefix;
  return { group: levels.slice(0, Math.max(1, Math.min(2, levels.length - 1))).join('-'), node };
}

export const nodeTopic = ({ group, node }: EdgeNames, message: NodeMessage): string =>
  `${NAMESPACE}/${group}/${message}/${node}`;
export const deviceTopic = ({ group, node }: EdgeNames, message: DeviceMessage, device: string): string =>
  `${NAMESPACE}/${group}/${message}/${node}/${device}`;

export interface EdgeCommand {
  readonly message: 'NCMD' | 'DCMD';
  readonly device: string | undefined;
}

/** Whether a topic is a command to this edge node or one of its devices, and which. */
export function edgeCommandOf(topic: string, { group, node }: EdgeNames): EdgeCommand | undefined {
  if (!topic.startsWith(`${NAMESPACE}/`)) return undefined;
  const [, toGroup, message, toNode, device, ...more] = topic.split('/');
  if (toGroup !== group || toNode !== node || more.length > 0) return undefined;
  if (message === 'NCMD' && device === undefined) return { message, device };
  return message === 'DCMD' && device !== undefined ? { message, device } : undefined;
}

/** The Sparkplug host that a STATE topic is about; undefined for another topic, or for more than one level. */
export function hostOf(topic: string): string | undefined {
  const host = topic.startsWith(STATE) ? topic.slice(STATE.length) : '';
  return host === '' || host.includes('/') ? undefined : host;
}

/** What is wrong with a STATE message, Sparkplug B 3.0 clauses 4.6 and 6.5, if anything is. An empty one clears it. */
export function refuseState(payload: Buffer, retain: boolean): string | undefined {
  if (payload.length === 0) return undefined;
  if (!retain) return 'A STATE message is retained [tck-id-host-topic-phid-birth-retain]. Set the retain flag.';
  const example = '{"online":true,"timestamp":1794816000000}';
  let json: unknown;
  try {
    json = JSON.parse(payload.toString());
  } catch {
    return `A STATE message is JSON. Publish for example ${example}`;
  }
  const { online, timestamp } = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  const isRight = typeof online === 'boolean' && typeof timestamp === 'number' && Number.isInteger(timestamp);
  return isRight ? undefined : `A STATE message has online and timestamp. Publish for example ${example}`;
}
