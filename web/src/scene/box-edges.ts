import { type Matrix4, Vector3 } from 'three';

const AXES = [
  [0, 1, 2],
  [1, 2, 0],
  [2, 0, 1],
] as const;

/** The 12 edges of a box with rounded edges, as pairs of points (6 numbers each) that lie on the rounding. */
export function boxEdges(w: number, h: number, d: number, round: number, placed: Matrix4): number[] {
  const half = [w / 2, h / 2, d / 2] as const;
  const inset = round * (1 - Math.SQRT1_2);
  const lines: number[] = [];
  for (const [along, a, b] of AXES) {
    for (const signA of [-1, 1]) {
      for (const signB of [-1, 1]) {
        for (const end of [-1, 1]) {
          const point = new Vector3();
          point.setComponent(along, end * (half[along] - round));
          point.setComponent(a, signA * (half[a] - inset));
          point.setComponent(b, signB * (half[b] - inset));
          lines.push(...point.applyMatrix4(placed));
        }
      }
    }
  }
  return lines;
}
