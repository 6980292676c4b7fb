import { z } from 'zod';
import { MotionSegment } from './cell-view.ts';

/**
 * Below the topic prefix of a cell, what each topic carries. All payloads are JSON; `t` is plant time, ISO 8601 in UTC
 * to the microsecond.
 *
 * | topic | payload | retained |
 * | --- | --- | --- |
 * | `ST03/Spindle/Load` | SignalMessage, at each new value | yes |
 * | `ST03` | StationMessage, at most 2 a second | yes |
 * | `events/ST03/StateChanged` | EventMessage | no |
 * | `Clock` | ClockState, on change and every 5 s | yes |
 * | `Clock/SimTime` `Clock/Speed` `Clock/Paused` `Clock/Run` | SignalMessage | yes |
 * | `motion` | MotionMessage: the segments that are new | no |
 * | `motion/snapshot` | MotionMessage: all segments, when things came or went | yes |
 * | `limits` | LimitsMessage | yes |
 * | `cmd`, `cmd/ST03/Hold` | what a participant asks: CommandRequest | no |
 * | `rsp/<id>` | CommandResult of the request with this `id` | no |
 * | `refusals` | RefusalMessage: what could not be answered by id | no |
 */
export const SignalMessage = z.object({
  v: z.union([z.number(), z.boolean(), z.null()]),
  /** UCUM code. */
  u: z.string(),
  t: z.string(),
  /** Good, Bad, or the OPC UA status of a sample that is neither. */
  q: z.enum(['Good', 'Bad', 'UncertainLastUsableValue', 'UncertainEngineeringUnitsExceeded', 'BadNoCommunication']),
});
export type SignalMessage = z.infer<typeof SignalMessage>;

/** All signals of a station by name within the station (`Spindle.Load`). `t` is the plant time of the message. */
export const StationMessage = z.object({
  t: z.string(),
  values: z.record(z.string(), z.union([z.number(), z.boolean(), z.null()])),
});
export type StationMessage = z.infer<typeof StationMessage>;

export const EventMessage = z.object({ t: z.string(), event: z.string(), value: z.number() });
export type EventMessage = z.infer<typeof EventMessage>;

export const MotionMessage = z.array(MotionSegment);
export type MotionMessage = z.infer<typeof MotionMessage>;

/** What this door allows. Signals: each at its own scan, together at most `signalsPerSecond` for one cell. */
export const LimitsMessage = z.object({
  signalsPerSecond: z.number(),
  stationMessagesPerSecond: z.number(),
  packetBytes: z.number(),
  packetsPerSecond: z.number(),
  bytesPerSecond: z.number(),
  filters: z.number(),
  topicLevels: z.number(),
  connectionsPerUser: z.number(),
  sessionsPerUser: z.number(),
  sessionMessages: z.number(),
  sessionMinutes: z.number(),
  retainedTopics: z.number(),
  retainedBytes: z.number(),
});
export type LimitsMessage = z.infer<typeof LimitsMessage>;

export const RefusalMessage = z.object({ what: z.string(), reason: z.string() });
export type RefusalMessage = z.infer<typeof RefusalMessage>;
