import type { Plant } from '#simulator/plant/plant.ts';
import { isSentBack, Verdict } from './scrap-causes.ts';

/** What the station that reworks knows of parts. */
interface Bench {
  readonly plant: Plant;
  readonly verdict: { of(part: number): number; set(part: number, value: number): void };
}

/** Good parts are worked on, and those that were sent back to be put right. For the `wants` of the station that reworks. */
export const isWorkOrRework = ({ verdict }: Bench, part: number): boolean =>
  part !== 0 && (verdict.of(part) === Verdict.Good || isSentBack(verdict.of(part)));

/** Puts a part right that was sent back; it goes on as a good one and is checked again. True if it was one. */
export function putRight({ plant, verdict }: Bench, part: number): boolean {
  if (!isSentBack(verdict.of(part))) return false;
  plant.parts.rework(part);
  verdict.set(part, Verdict.Good);
  return true;
}
