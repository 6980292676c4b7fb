import type { Sample } from '#simulator/cell/sample.ts';
import type { Totals } from '#simulator/cell/totals.ts';
import type { Truth } from '#simulator/cell/truth.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import type { Capture } from '#simulator/plant/capture.ts';
import type { EvidenceEntry } from './evidence.ts';

/** Plant time, both ends in microseconds, inclusive. */
export interface PlantWindow {
  readonly fromUs: number;
  readonly toUs: number;
}

/** One value, a list, or a row with named values. */
export type DrawnValue = number | string | readonly string[] | Readonly<Record<string, number | string>>;

/** A line like the participant's, with their configuration and luck of its own, that was run without them. */
export interface ForkOrder {
  /** 16 hexadecimal digits. */
  readonly seed: string;
  /** Settings of the base to replace beside those of the lab. */
  readonly set: Readonly<Record<string, unknown>>;
  /** Faults as cells write them; the first one is `shift`. */
  readonly scenario: readonly Readonly<Record<string, unknown>>[];
  /** How long it runs: microseconds, or so many parts at a station. */
  readonly run: { readonly us: number } | { readonly parts: number; readonly station: string };
}

/** Someone who works on an attempt, and the role that they have taken in it. */
export interface TeamMember {
  readonly participant: string;
  readonly role?: string;
}

/** All that the judge may know of an attempt. Built by server/labs from the attempt; the judge itself is pure. */
export interface Facts {
  readonly nowMs: number;
  readonly nowUs: number;
  /** Wall time, in ms since 1970, that plant time 0 stands for. */
  readonly anchorMs: number;
  /** What the members of the team did, each entry with who did it. */
  readonly evidence: readonly EvidenceEntry[];
  /** Facts that were stored before there were teams have none. */
  readonly team?: readonly TeamMember[];
  /** Answers of a step by ask id, as typed. */
  answers(step: string): Readonly<Record<string, string>>;
  /** What was drawn for this attempt. Never leaves the server. */
  readonly drawn: Readonly<Record<string, DrawnValue>>;
  /** The samples of a signal in the window, oldest first, the first one being what held at its beginning. */
  signal(path: string, window: PlantWindow): readonly Sample[];
  /** Says which signals are about to be asked for, so that who must replay for them does it once. */
  expect?(paths: readonly string[], window: PlantWindow): void;
  /** What a signal was at both ends of a window, where that is known without what lies between. */
  edges?(path: string, window: PlantWindow): readonly [first: number, last: number];
  /**
   * The integral of a signal over time, in its unit times seconds, where the line counts it; undefined where it does not, or
   * where a sensor showed something else.
   */
  integral?(path: string, window: PlantWindow): number | undefined;
  /** What happened in the plant, by name or glob, oldest first. */
  events(glob: string, window: PlantWindow): readonly Happening[];
  /** The present value of a parameter. */
  config(path: string): unknown;
  truth(window: PlantWindow): Truth;
  /** Faults of the scenario that have begun so far, where that is known without the rest of the truth. */
  faults?(): Truth['faults'];
  totals(tUs: number): Totals;
  capture(path: string, tUs: number): Capture;
  fork(order: ForkOrder): Facts;
  /**
   * The result of a computation, under a name that says what was asked: it is remembered, and stored with the judgement.
   * Facts that were stored answer by the name alone.
   */
  keep<T>(question: string, find: () => T): T;
}
