/**
 * What the drawing of a pump asks for: a signal of a kind of station that shows the result of the part just done there,
 * and its specification limits in the unit of that signal. Thresholds of checks may be changed in the plant; these not.
 */
export interface Characteristic {
  readonly name: string;
  readonly stationType: string;
  readonly signal: string;
  readonly lower?: number;
  readonly upper?: number;
}

export const CHARACTERISTICS: readonly Characteristic[] = [
  { name: 'bore', stationType: 'cnc-mill', signal: 'Bore.Deviation', lower: -12, upper: 12 },
  { name: 'torque', stationType: 'assembly', signal: 'Screw.Torque', lower: 7.5, upper: 9.5 },
  { name: 'pressForce', stationType: 'press-fit', signal: 'Ram.PeakForce', lower: 8, upper: 16 },
  { name: 'leakRate', stationType: 'press-fit', signal: 'Leak.Rate', upper: 3 },
  { name: 'codeGrade', stationType: 'laser-marking', signal: 'Code.Grade', lower: 1.5 },
];
