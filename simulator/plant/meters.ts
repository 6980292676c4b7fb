import type { Integral } from '#simulator/kernel/closed-form.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import type { Meter, Station } from './station.ts';

/** Puts one more consumer behind the meter of a station. */
export function addConsumer(station: Station, consumer: Meter): void {
  const { meter } = station;
  station.meter = meter === undefined ? consumer : sumOf(meter, consumer);
}

const sumOf = (a: Meter, b: Meter): Meter => ({
  powerKw: (t) => a.powerKw(t) + b.powerKw(t),
  energyKwh: (t) => a.energyKwh(t) + b.energyKwh(t),
});

/** A consumer whose power changes at events only: the rate of an integral in kW. */
export const steady = (power: Integral): Meter => ({
  powerKw: () => power.rate,
  energyKwh: (t) => power.at(t) / HOUR,
});

/** The meter of a station as it will be once all consumers are behind it. */
export const meterOf = (station: Station): Meter => ({
  powerKw: (t) => station.meter?.powerKw(t) ?? 0,
  energyKwh: (t) => station.meter?.energyKwh(t) ?? 0,
});
