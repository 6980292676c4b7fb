import { noise } from '#simulator/kernel/closed-form.ts';
import type { Bound } from '#simulator/kernel/fields.ts';
import { sine } from '#simulator/kernel/math.ts';
import { seconds, SECOND } from '#simulator/kernel/time.ts';
import { meterOf } from '#simulator/plant/meters.ts';
import { held, type Signal, signal } from '#simulator/plant/signal.ts';
import type { Station } from '#simulator/plant/station.ts';
import { unitSignals } from '#simulator/plant/unit-signals.ts';
import type { WorkCycle } from '#simulator/plant/work-cycle.ts';

export const sensors = { heatNoise: noise(seconds(0.5)), vibrationNoise: noise(seconds(0.1)) };

const VOLTS = Math.sqrt(3) * 400 * 0.86;

/** What every plain work station shows. */
export function cycleSignals(
  { station }: { readonly station: Station },
  cycle: WorkCycle,
  { heatNoise, vibrationNoise }: Bound<typeof sensors>,
): Signal[] {
  const { control, parts } = cycle;
  const meter = meterOf(station);
  const restarts = true;
  return [
    ...unitSignals(control.unit),
    held('State.Reason', '1', () => control.reasonCode, { type: 'Int32' }),
    held('Part.Serial', '1', () => parts.serial(cycle.part)),
    held('Parts.Made', '1', () => cycle.made),
    signal('Cycle.Progress', '%', (t) => 100 * cycle.progress(t), { restarts }),
    signal('Cycle.Remaining', 's', (t) => cycle.remainingUsAt(t) / SECOND, { restarts }),
    held('Cycle.Last', 's', () => cycle.lastCycleUs / SECOND, { type: 'Double' }),
    held('Failures', '1', () => control.failures),
    signal('Axis.Position', 'mm', (t) => 200 * sine(cycle.progress(t) / 2)),
    signal('Motor.Power', 'kW', (t) => meter.powerKw(t), { restarts }),
    signal('Motor.Current', 'A', (t) => (1000 * meter.powerKw(t)) / VOLTS, { restarts }),
    signal('Motor.Temperature', 'Cel', (t) => control.temperatureC.at(t) + 0.08 * heatNoise.smoothAt(t)),
    signal('Motor.Vibration', 'mm/s', (t) => (cycle.isWorking ? 1.1 : 0.12) * (1 + 0.1 * vibrationNoise.smoothAt(t)), {
      restarts,
    }),
    signal('Energy', 'kWh', (t) => meter.energyKwh(t), { resolution: 0.001 }),
  ];
}
