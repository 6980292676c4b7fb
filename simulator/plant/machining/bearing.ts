import { relaxing } from '#simulator/kernel/closed-form.ts';
import { field, f64, type ObjectField, record } from '#simulator/kernel/fields.ts';
import { HOUR, minutes } from '#simulator/kernel/time.ts';
import { quantity } from '#simulator/plant/parameters.ts';

/** Heat of a bearing that is quite worn out, as a share of the heat that the spindle has anyway. */
const FRICTION_HEAT = 0.9;
const FRICTION_TAU_US = minutes(12);

/** A rolling bearing whose outer ring stands still. Both diameters are in the same unit. */
interface BearingGeometry {
  readonly balls: number;
  readonly ballDiameter: number;
  readonly pitchDiameter: number;
  /** Cosine of the contact angle. */
  readonly cosContact: number;
}

/** Events per turn of the shaft; times the speed in Hz they are the characteristic frequencies. */
interface BearingOrders {
  /** A ball passes a place on the outer race. */
  readonly bpfo: number;
  /** A ball passes a place on the inner race. */
  readonly bpfi: number;
  /** A ball turns once; a place on it meets a race twice in that time. */
  readonly bsf: number;
  /** The cage turns once. */
  readonly ftf: number;
}

/** Kinematics of rolling without slip (T. A. Harris, Rolling Bearing Analysis): k = d cos(phi) / D. */
export function bearingOrders({ balls, ballDiameter, pitchDiameter, cosContact }: BearingGeometry): BearingOrders {
  const k = (ballDiameter / pitchDiameter) * cosContact;
  return {
    bpfo: (balls / 2) * (1 - k),
    bpfi: (balls / 2) * (1 + k),
    bsf: (pitchDiameter / (2 * ballDiameter)) * (1 - k * k),
    ftf: (1 - k) / 2,
  };
}

/** Deep-groove ball bearing SKF 6205, in inches as the bearing data of Case Western Reserve University give it. */
export const SKF_6205: BearingGeometry = { balls: 9, ballDiameter: 0.3126, pitchDiameter: 1.537, cosContact: 1 };

/**
 * The bearing of a spindle. Its damages go from 0 (as new) to 1 (worn out); each grows in proportion to itself while the
 * spindle turns, so one that is 0 stays 0. Friction follows with the next part, and heat follows friction.
 */
export class Bearing extends record({
  outerRaceDamage: quantity('1', { fallback: 0, max: 1 }),
  innerRaceDamage: quantity('1', { fallback: 0, max: 1 }),
  ballDamage: quantity('1', { fallback: 0, max: 1 }),
  damageGrowth: quantity('/h', { fallback: 0.05, max: 10 }),
  friction: f64(),
  heat: relaxing(),
}) {
  /** It has turned for so long. */
  turned(us: number, t: number): void {
    const damage = this.outerRaceDamage + this.innerRaceDamage + this.ballDamage;
    if (damage === 0 && this.friction === 0) return;
    const growth = 1 + (this.damageGrowth * us) / HOUR;
    this.outerRaceDamage = Math.min(1, this.outerRaceDamage * growth);
    this.innerRaceDamage = Math.min(1, this.innerRaceDamage * growth);
    this.ballDamage = Math.min(1, this.ballDamage * growth);
    this.friction = Math.min(1, damage);
    this.heat.aimFor(FRICTION_HEAT * this.friction, FRICTION_TAU_US, t);
  }
}

export const bearing = (): ObjectField<Bearing> => field((site) => new Bearing(site));
