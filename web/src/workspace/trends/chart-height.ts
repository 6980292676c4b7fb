/**
 * How high a chart is, in px: what is left of the room, between a least and a greatest height. On a phone the room grows
 * with the chart, so that a share of the window decides.
 */
export const chartHeight = (room: number, [least, most]: readonly [number, number], share: number): number =>
  Math.max(least, Math.min(most, share * innerHeight, room));
