import { noise } from '#simulator/kernel/closed-form.ts';
import type { Bound } from '#simulator/kernel/fields.ts';
import { exp, sine } from '#simulator/kernel/math.ts';
import { HOUR, seconds, SECOND } from '#simulator/kernel/time.ts';
import { type Signal, signal } from './signal.ts';
import { Reason, unitSignals } from './unit.ts';
import type { WorkCycle } from './work-cycle.ts';

export const sensors = {
  powerNoise: noise(seconds(0.7)),
  heatNoise: noise(seconds(0.5)),
  vibrationNoise: noise(seconds(0.1)),
};

const RATED_RPM = 1450;
const VOLTS = Math.sqrt(3) * 400 * 0.86;

/** What every work station shows. */
export function cycleSignals(
  cycle: WorkCycle,
  { powerNoise, heatNoise, vibrationNoise }: Bound<typeof sensors>,
): Signal[] {
  const { unit, parts } = cycle;
  const executing = () => unit.reason === Reason.Executing;
  const powerKw = (t: number) => cycle.powerKw * (1 + 0.015 * powerNoise.smoothAt(t));
  const speedRpm = (t: number) => {
    const fading = exp((unit.ledger.sinceUs - t) / (executing() ? 0.4 * SECOND : 0.8 * SECOND));
    return RATED_RPM * (executing() ? 1 - fading : fading);
  };
  return [
    ...unitSignals(unit),
    signal('Part.Serial', '1', () => parts.serial(cycle.part)),
    signal('Parts.Made', '1', () => cycle.made),
    signal('Cycle.Progress', '%', (t) => 100 * cycle.progress(t)),
    signal('Cycle.Remaining', 's', (t) => cycle.remainingUsAt(t) / SECOND),
    signal('Cycle.Last', 's', () => cycle.lastCycleUs / SECOND),
    signal('Failures', '1', () => cycle.failures),
    signal('Axis.Position', 'mm', (t) => 200 * sine(cycle.progress(t) / 2)),
    signal('Motor.Power', 'kW', powerKw),
    signal('Motor.Current', 'A', (t) => (1000 * powerKw(t)) / VOLTS),
    signal('Motor.Speed', '/min', speedRpm),
    signal('Motor.Temperature', 'Cel', (t) => cycle.temperatureC.at(t) + 0.08 * heatNoise.at(t)),
    signal('Motor.Vibration', 'mm/s', (t) => (executing() ? 1.1 : 0.12) * (1 + 0.1 * vibrationNoise.at(t))),
    signal('Energy', 'kWh', (t) => cycle.energy.at(t) / HOUR),
  ];
}
