import { hash, normal, type Stream } from '#simulator/kernel/random.ts';
import type { Curve } from '#simulator/plant/capture.ts';
import { text } from '#simulator/plant/texts.ts';

/*
 * One screw of a part, driven to a shut-off torque. All of it follows from the serial number of the part, so nothing is
 * drawn before somebody asks. Phases after VDI/VDE 2647: run-down at the friction of the thread, then the head is on and
 * torque grows with the angle, first curved while the joint beds in, then as a straight line to the shut-off.
 */

const RUN_DOWN_DEG = 1440;
const FRICTION_NM = 0.9;
const BEDDING_DEG = 12;
const SAMPLES = 400;

/** Torque at the shut-off. */
export const torqueNm = ({ keyA, keyB }: Stream, serial: number): number =>
  8.5 + 0.22 * normal(hash(keyA, keyB, 2 * serial));

/** Angle from the seating of the head to the shut-off: how soft the joint is. */
export const angleDeg = ({ keyA, keyB }: Stream, serial: number): number =>
  58 + 3 * normal(hash(keyA, keyB, 2 * serial + 1));

export function torqueCurve(luck: Stream, serial: number): Curve {
  const peak = torqueNm(luck, serial);
  const tightening = angleDeg(luck, serial);
  const degrees = new Float64Array(SAMPLES);
  const torques = new Float64Array(SAMPLES);
  // A bedding parabola that meets the line with equal slope: T = F + k (a - b/2) after the bedding angle b.
  const slope = (peak - FRICTION_NM) / (tightening - BEDDING_DEG / 2);
  for (let k = 0; k < SAMPLES; k++) {
    const angle = ((RUN_DOWN_DEG + tightening) * k) / (SAMPLES - 1);
    const seated = angle - RUN_DOWN_DEG;
    degrees[k] = angle;
    torques[k] =
      seated <= 0
        ? FRICTION_NM + 0.06 * normal(hash(luck.keyA ^ serial, luck.keyB, k))
        : seated < BEDDING_DEG
          ? FRICTION_NM + (slope * seated * seated) / (2 * BEDDING_DEG)
          : FRICTION_NM + slope * (seated - BEDDING_DEG / 2);
  }
  return {
    kind: 'curve',
    x: { unit: 'deg', ...text('Angle of the screw', 'Skruvens vinkel'), values: degrees },
    y: { unit: 'N.m', ...text('Torque', 'Moment'), values: torques },
  };
}
