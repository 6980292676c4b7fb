/** A point in the robot's frame: metres, y up, origin on the floor below its first axis. */
export interface Point {
  x: number;
  y: number;
  z: number;
}

/** Radians. Axis 1 turns about the vertical; 2, 3 and 5 pitch in the arm's plane; 6 rolls the tool. */
export interface Joints {
  a1: number;
  a2: number;
  a3: number;
  a5: number;
  a6: number;
}

/** Metres: where axis 2 sits, upper arm, forearm, and from the wrist to the tool's tip. */
export const ARM = { shoulderX: 0.14, shoulderY: 1.06, upper: 0.95, fore: 0.95, tool: 0.36 };

/** Joint angles, elbow up, that bring the tool's tip to `tip` with the tool pointing straight down; stretched if out of reach. */
export function reach(tip: Point): Joints {
  const a1 = Math.atan2(-tip.z, tip.x);
  const out = Math.hypot(tip.x, tip.z) - ARM.shoulderX;
  const up = tip.y + ARM.tool - ARM.shoulderY;
  const longest = ARM.upper + ARM.fore - 1e-6;
  const distance = Math.min(longest, Math.max(1e-6, Math.hypot(out, up)));
  const atShoulder = Math.acos(clamp((ARM.upper ** 2 + distance ** 2 - ARM.fore ** 2) / (2 * ARM.upper * distance)));
  const atElbow = Math.acos(clamp((ARM.upper ** 2 + ARM.fore ** 2 - distance ** 2) / (2 * ARM.upper * ARM.fore)));
  const upperAngle = Math.atan2(up, out) + atShoulder;
  const foreAngle = upperAngle - (Math.PI - atElbow);
  return {
    a1,
    a2: upperAngle - Math.PI / 2,
    a3: foreAngle - (upperAngle - Math.PI / 2),
    a5: -Math.PI / 2 - foreAngle,
    a6: a1,
  };
}

/** Where the tip is for given joints. */
export function tipOf({ a1, a2, a3, a5 }: Joints): Point {
  const upperAngle = a2 + Math.PI / 2;
  const foreAngle = a2 + a3;
  const toolAngle = foreAngle + a5;
  const out =
    ARM.shoulderX + ARM.upper * Math.cos(upperAngle) + ARM.fore * Math.cos(foreAngle) + ARM.tool * Math.cos(toolAngle);
  const up =
    ARM.shoulderY + ARM.upper * Math.sin(upperAngle) + ARM.fore * Math.sin(foreAngle) + ARM.tool * Math.sin(toolAngle);
  return { x: out * Math.cos(a1), y: up, z: -out * Math.sin(a1) };
}

export interface Keyframe extends Point {
  /** Part of the cycle, 0 to 1. */
  at: number;
}

/** The tip between keyframes: swings about the vertical axis rather than through it, slow at both ends. */
export function tipBetween(keyframes: readonly Keyframe[], cycle: number): Point {
  const next = keyframes.find(({ at }) => at >= cycle) ?? keyframes[keyframes.length - 1];
  const last = keyframes[Math.max(0, keyframes.indexOf(next) - 1)];
  const share = next.at > last.at ? clamp((cycle - last.at) / (next.at - last.at), 0, 1) : 1;
  const eased = share * share * (3 - 2 * share);
  const mix = (a: number, b: number) => a + (b - a) * eased;
  const turn = (p: Point) => Math.atan2(-p.z, p.x);
  const full = 2 * Math.PI;
  const sweep = turn(next) - turn(last);
  const angle = turn(last) + (sweep - full * Math.round(sweep / full)) * eased;
  const out = mix(Math.hypot(last.x, last.z), Math.hypot(next.x, next.z));
  return { x: out * Math.cos(angle), y: mix(last.y, next.y), z: -out * Math.sin(angle) };
}

function clamp(value: number, low = -1, high = 1): number {
  return Math.min(high, Math.max(low, value));
}
