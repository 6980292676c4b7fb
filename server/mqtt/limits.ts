/** What one connection, one participant or one cell may use, so that nobody can take it from the others. */
export interface MqttLimits {
  /** CONNECT must have come whole by then. */
  readonly connectMs: number;
  readonly connectBytes: number;
  readonly packetBytes: number;
  /** But for acknowledgements: whoever takes what it is sent at QoS 1 sends one for each. */
  readonly packetsPerSecond: number;
  readonly acknowledgementsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly clientIdLength: number;
  readonly filters: number;
  readonly topicLevels: number;
  readonly topicLength: number;
  readonly connectionsPerUser: number;
  readonly arrivalsPerSecond: number;
  readonly arrivalsAtOnce: number;
  /** Sessions that outlive their connection (clean session 0), of one participant. */
  readonly sessionsPerUser: number;
  readonly sessionMessages: number;
  /** Payloads that wait in one session. */
  readonly sessionBytes: number;
  readonly sessionMs: number;
  /** What participants retain under `lab/`, in one cell. */
  readonly retainedTopics: number;
  readonly retainedBytes: number;
  /** Signal messages of one cell; what is beyond waits for its turn and is then sent with its newest value. */
  readonly signalsPerSecond: number;
  /** The same on the broker of a bridge. */
  readonly bridgedSignalsPerSecond: number;
  readonly stationMs: number;
  /** Bytes that wait for a slow reader before QoS 0 messages to it are left out. */
  readonly waitingBytes: number;
  /** With so much waiting, a reader of QoS 1 is given up: its connection is closed. */
  readonly hopelessBytes: number;
  /** A reader that takes nothing for so long is closed. */
  readonly stalledMs: number;
  readonly commandsWaiting: number;
  /** Messages on `refusals`, in one cell. */
  readonly refusalsPerSecond: number;
  /** Connections of one address that have not yet said who they are. */
  readonly strangersPerAddress: number;
}

export const mqttLimits: MqttLimits = {
  connectMs: 5000,
  connectBytes: 4096,
  packetBytes: 65_536,
  packetsPerSecond: 200,
  acknowledgementsPerSecond: 1000,
  bytesPerSecond: 262_144,
  clientIdLength: 128,
  filters: 300,
  topicLevels: 12,
  topicLength: 256,
  connectionsPerUser: 10,
  arrivalsPerSecond: 2,
  arrivalsAtOnce: 60,
  sessionsPerUser: 2,
  sessionMessages: 1000,
  sessionBytes: 2_097_152,
  sessionMs: 3_600_000,
  retainedTopics: 200,
  retainedBytes: 262_144,
  signalsPerSecond: 300,
  bridgedSignalsPerSecond: 10,
  stationMs: 500,
  waitingBytes: 131_072,
  hopelessBytes: 1_048_576,
  stalledMs: 30_000,
  commandsWaiting: 100,
  refusalsPerSecond: 20,
  strangersPerAddress: 400,
};
