import type { AedesPublishPacket } from 'aedes';
import type { LimitsMessage } from '#contract/mqtt-messages.ts';
import type { LiveCell } from '#server/cells/live-cell.ts';
import type { MqttLimits } from './limits.ts';
import { clockPayload, signalPayload } from './payloads.ts';
import { stationPayload } from './station-messages.ts';
import type { LiveTopic, TopicTable } from './topic-table.ts';
import type { VehicleReports } from './vda5050/vehicle-reports.ts';

export interface RetainedOptions {
  readonly cell: LiveCell;
  readonly table: TopicTable;
  readonly limits: MqttLimits;
  readonly vehicles: readonly VehicleReports[];
}

/** The retained topics of the line that match some filters. What they carry is filled in when it is sent. */
export function* retainedOf(table: TopicTable, filters: readonly string[]): Iterable<AedesPublishPacket> {
  for (const k of new Set(filters.flatMap((filter) => table.expand(filter)))) {
    const { topic, ...live } = table.topics[k];
    // A factsheet is QoS 0 (VDA 5050 2.1.0, 6.2).
    const qos = live.kind === 'vehicle' && live.name === 'factsheet' ? 0 : 1;
    yield {
      ...{ cmd: 'publish', topic, payload: Buffer.alloc(0), qos, retain: true, dup: false },
      ...{ brokerId: '', brokerCounter: 0 },
    };
  }
}

/** What a topic of the line carries now, if it carries something at any time. */
export function livePayloadOf(options: RetainedOptions, name: string): string | undefined {
  const topic = options.table.find(name);
  return topic && livePayload(options, topic);
}

function livePayload({ cell, limits, vehicles }: RetainedOptions, topic: LiveTopic): string {
  switch (topic.kind) {
    case 'signal':
      return signalPayload(cell, topic.signal);
    case 'station':
      return stationPayload(cell, topic.station);
    case 'clock':
      return clockPayload(cell, cell.clock, topic.name);
    case 'snapshot':
      return JSON.stringify(cell.motion());
    case 'vehicle':
      return vehicles.find(({ name }) => name.serial === topic.serial)!.retained(topic.name);
    case 'limits':
      return JSON.stringify(limitsMessage(limits));
  }
}

function limitsMessage(limits: MqttLimits): LimitsMessage {
  return {
    signalsPerSecond: limits.signalsPerSecond,
    stationMessagesPerSecond: 1000 / limits.stationMs,
    packetBytes: limits.packetBytes,
    packetsPerSecond: limits.packetsPerSecond,
    bytesPerSecond: limits.bytesPerSecond,
    filters: limits.filters,
    topicLevels: limits.topicLevels,
    connectionsPerUser: limits.connectionsPerUser,
    sessionsPerUser: limits.sessionsPerUser,
    sessionMessages: limits.sessionMessages,
    sessionMinutes: limits.sessionMs / 60_000,
    retainedTopics: limits.retainedTopics,
    retainedBytes: limits.retainedBytes,
  };
}
