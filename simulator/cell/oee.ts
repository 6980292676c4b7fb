import type { TimeBook, TimeCategory } from '#simulator/plant/time-book.ts';
import type { StationTotals } from './totals.ts';

/**
 * The actual times of one work unit in a window, by the names of ISO 22400-2:2014. They nest and sum exactly:
 * PBT = AUBT + ADOT, AUBT = AUPT + ADET, AUPT = APT + AUST, and PBT + off = elapsed. All in microseconds.
 */
export interface TimeElements {
  /** Planned busy time: all but what is off, such as stops by command, breaks and planned maintenance. */
  readonly pbtUs: number;
  /** Actual unit busy time: production, set-up and delays. */
  readonly aubtUs: number;
  /** Actual unit processing time: production and set-up. */
  readonly auptUs: number;
  /** Actual production time. */
  readonly aptUs: number;
  /** Actual unit set-up time: tool changes, changeovers. */
  readonly austUs: number;
  /** Actual unit delay time: failures, repairs and other causes of its own. */
  readonly adetUs: number;
  /** Actual unit down time in the sense of the standard: ready, but starved or blocked. */
  readonly adotUs: number;
  /** The part of ADET in which it had failed or was repaired. */
  readonly downUs: number;
}

/** What a work unit made in a window. */
export interface Quantities {
  /** PQ, produced. */
  readonly made: number;
  /** GQ, good: produced and not rejected by this unit. */
  readonly good: number;
  /** SQ, scrapped; what is sent to rework is neither good nor scrap. */
  readonly scrapped: number;
  /** PRI, planned run time per item. */
  readonly plannedRunS: number;
}

/** Key figures of a work unit as ISO 22400-2:2014 defines them, all as shares. One that nothing stands behind is 0. */
export interface Effectiveness {
  /** Availability = APT / PBT. */
  readonly availability: number;
  /** Effectiveness = PRI x PQ / APT. May exceed 1 where an item takes less than was planned. */
  readonly effectiveness: number;
  /** Quality ratio = GQ / PQ. */
  readonly quality: number;
  /** Overall equipment effectiveness index = availability x effectiveness x quality. */
  readonly oee: number;
  /** Net equipment effectiveness index = AUPT / PBT x effectiveness x quality. */
  readonly nee: number;
  /** Utilisation efficiency = APT / AUBT. */
  readonly utilisationEfficiency: number;
  /** Allocation efficiency = AUBT / PBT. */
  readonly allocationEfficiency: number;
  /** Technical efficiency = APT / (APT + ADET). */
  readonly technicalEfficiency: number;
  /** Set-up ratio = AUST / AUPT. */
  readonly setupRatio: number;
  /** Scrap ratio = SQ / PQ. */
  readonly scrapRatio: number;
}

export const ratio = (a: number, b: number): number => (b > 0 ? a / b : 0);

/** From the ledger of a station at both ends of a window. */
export function elementsBetween({ states }: TimeBook, from: StationTotals, to: StationTotals): TimeElements {
  const inCategory: Record<TimeCategory, number> = {
    ...{ producing: 0, setup: 0, delayed: 0, down: 0, waiting: 0, off: 0 },
  };
  states.forEach(({ category }, state) => (inCategory[category] += to.timeUs[state] - from.timeUs[state]));
  const { producing: aptUs, setup: austUs, down: downUs, waiting: adotUs } = inCategory;
  const auptUs = aptUs + austUs;
  const adetUs = downUs + inCategory.delayed;
  const aubtUs = auptUs + adetUs;
  return { pbtUs: aubtUs + adotUs, aubtUs, auptUs, aptUs, austUs, adetUs, adotUs, downUs };
}

export function effectivenessOf(
  { pbtUs, aubtUs, auptUs, aptUs, austUs, adetUs }: TimeElements,
  { made, good, scrapped, plannedRunS }: Quantities,
): Effectiveness {
  const availability = ratio(aptUs, pbtUs);
  const effectiveness = ratio(made * plannedRunS * 1e6, aptUs);
  const quality = ratio(good, made);
  return {
    availability,
    effectiveness,
    quality,
    oee: availability * effectiveness * quality,
    nee: ratio(auptUs, pbtUs) * effectiveness * quality,
    utilisationEfficiency: ratio(aptUs, aubtUs),
    allocationEfficiency: ratio(aubtUs, pbtUs),
    technicalEfficiency: ratio(aptUs, aptUs + adetUs),
    setupRatio: ratio(austUs, auptUs),
    scrapRatio: ratio(scrapped, made),
  };
}
