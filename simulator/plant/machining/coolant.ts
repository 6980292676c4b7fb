import { noise } from '#simulator/kernel/closed-form.ts';
import { f64, field, type ObjectField, record } from '#simulator/kernel/fields.ts';
import { HOUR, seconds } from '#simulator/kernel/time.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { held, type Signal, signal } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';

/** Of the tank, in %: what one part carries out as emulsion, and what evaporates from it as water. */
const CARRIED_OUT = 0.015;
const EVAPORATED = 0.025;
const TOP_UP_TO = 90;
/** Concentration of what is filled up with, in %. */
const TOP_UP_WITH = 3;
/** Below this level the pump draws air. */
const PUMP_LEVEL = 20;

/**
 * The emulsion of a machine tool. Parts carry some out and water evaporates, so the level falls and the concentration
 * rises; somebody tops it up at `topUpAt` with a thinner one. A leak takes `coolantLoss` besides.
 */
class Coolant extends record({
  topUpAt: quantity('%', { fallback: 60, max: 85 }),
  coolantLoss: quantity('%/h', { fallback: 0, max: 1000 }),
  level: f64(84),
  concentration: f64(7.2),
  flowNoise: noise(seconds(2)),
}) {
  /** What the pump can draw, against a full flow. */
  get supply(): number {
    return Math.min(1, this.level / PUMP_LEVEL);
  }

  /** One part has been made, in so long. */
  used(us: number): void {
    const left = Math.max(1, this.level - CARRIED_OUT - (this.coolantLoss * us) / HOUR);
    this.level = Math.max(1, left - EVAPORATED);
    this.concentration = Math.min(20, (this.concentration * left) / this.level);
    if (this.level < this.topUpAt) this.topUp();
  }

  private topUp(): void {
    const { level, concentration } = this;
    this.concentration = (concentration * level + TOP_UP_WITH * (TOP_UP_TO - level)) / TOP_UP_TO;
    this.level = TOP_UP_TO;
  }
}

export const coolant = (): ObjectField<Coolant> => field((site) => new Coolant(site));

/** @param pump share of its speed, 0 to 1 @param heatC temperature of the emulsion */
export const coolantSignals = (
  coolant: Coolant,
  pump: (t: number) => number,
  heatC: (t: number) => number,
): Signal[] => {
  const drawn = (t: number) => pump(t) * coolant.supply;
  return [
    signal('Coolant.Flow', 'L/min', (t) => Math.max(0, 18 * drawn(t) * (1 + 0.015 * coolant.flowNoise.smoothAt(t))), {
      ...text('Flow of coolant', 'Kylvätskeflöde'),
      range: [0, 40],
      resolution: 0.1,
    }),
    // The nozzles are a fixed throttle: pressure goes with the square of the flow.
    signal('Coolant.Pressure', 'bar', (t) => 6 * drawn(t) * drawn(t) * (1 + 0.01 * coolant.flowNoise.smoothAt(t)), {
      ...text('Pressure of the coolant before the nozzles', 'Kylvätskans tryck före munstyckena'),
      range: [0, 20],
    }),
    signal('Coolant.Temperature', 'Cel', (t) => heatC(t) + 0.05 * coolant.flowNoise.smoothAt(t), {
      ...text('Temperature of the coolant', 'Kylvätskans temperatur'),
      range: [0, 80],
      scanS: 5,
      resolution: 0.1,
    }),
    held('Coolant.Level', '%', () => coolant.level, {
      ...text('Level in the coolant tank', 'Nivå i kylvätsketanken'),
      type: 'Double',
      resolution: 0.1,
      range: [0, 100],
    }),
    held('Coolant.Concentration', '%', () => coolant.concentration, {
      ...text('Concentration of the emulsion, by refractometer', 'Emulsionens koncentration, med refraktometer'),
      type: 'Double',
      resolution: 0.1,
      range: [0, 20],
    }),
  ];
};
