import { timer } from '#simulator/kernel/calendar.ts';
import { integral, noise } from '#simulator/kernel/closed-form.ts';
import { f64, u8 } from '#simulator/kernel/fields.ts';
import { HOUR, minutes, seconds } from '#simulator/kernel/time.ts';
import { controlCommands } from '#simulator/plant/control-commands.ts';
import { control } from '#simulator/plant/control.ts';
import { addConsumer, steady } from '#simulator/plant/meters.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { fault, Reason } from '#simulator/plant/reasons.ts';
import { held, signal } from '#simulator/plant/signal.ts';
import { type Self, stationType } from '#simulator/plant/station-type.ts';
import { type Meter, plantField } from '#simulator/plant/station.ts';
import { text } from '#simulator/plant/texts.ts';
import { controlSignals } from '#simulator/plant/unit-signals.ts';
import { airConsumers } from './air-network.ts';
import { type AirSettings, Compressor } from './compressor.ts';
import { co2GramsPerKwh, isPeak, priceSekPerKwh } from './tariff.ts';

const LIGHT_AND_FANS_KW = 4.6;

const FAULTS = [
  fault(1301, 'dryer', 'Air dryer fault', 'Fel i lufttorken', 2),
  fault(1302, 'filter', 'Oil filter clogged', 'Oljefiltret igensatt', 1),
];

const fields = {
  control: control(FAULTS, {
    halt: () => {},
    resume: (s: { control: { enter(reason: number, t: number): void } }, t) => s.control.enter(Reason.Executing, t),
  }),
  lowBar: quantity('bar', {
    fallback: 6.8,
    min: 5,
    max: 8,
    shown: {
      path: 'Compressor.LoadAt',
      ...text('Pressure at which the compressor loads', 'Tryck då kompressorn lastar'),
      atMost: { path: 'Compressor.UnloadAt', by: 0.2 },
    },
  }),
  highBar: quantity('bar', {
    fallback: 7.5,
    min: 6,
    max: 10,
    shown: {
      path: 'Compressor.UnloadAt',
      ...text('Pressure at which the compressor unloads', 'Tryck då kompressorn avlastar'),
    },
  }),
  building: integral(),
  /** Litres. */
  receiverL: quantity('L', { fallback: 3000, min: 50, max: 20_000 }),
  /** Holes in the network: a leak that grows, and the small ones that are always there. */
  leakMm: quantity('mm', { fallback: 0, max: 12 }),
  naturalLeakMm: quantity('mm', { fallback: 1.2, max: 12 }),
  air: airConsumers,
  compressor: plantField((site) => {
    const hall = () => site.station.self as AirSettings;
    return new Compressor({ ...site, path: `${site.path}.compressor` }, hall);
  }),
  /** Hours from Monday 00:00 to plant time 0. */
  startHour: quantity('h', { fallback: 5.5, max: 168 }),
  peakFee: quantity('[SEK]/kW.h', {
    fallback: 0.52,
    max: 10,
    shown: { path: 'Tariff.PeakFee', ...text('Fee of the grid at peak hours', 'Nätavgift under höglasttid') },
  }),
  offPeakFee: quantity('[SEK]/kW.h', {
    fallback: 0.18,
    max: 10,
    shown: { path: 'Tariff.OffPeakFee', ...text('Fee of the grid at other hours', 'Nätavgift under låglasttid') },
  }),
  peakFrom: quantity('h', { fallback: 6, max: 24 }),
  peakTo: quantity('h', { fallback: 22, max: 24 }),
  price: f64(),
  isPeak: u8(),
  co2: f64(),
  /** Cost and CO2 until the tariff last changed, and what the main meter showed then. */
  cost: f64(),
  co2Kg: f64(),
  meterKwh: f64(),
  tariffChanges: timer(),
  voltNoise: noise(seconds(6)),
  hertzNoise: noise(seconds(9)),
  hallNoise: noise(minutes(12)),
  main: plantField(({ plant }): Meter => {
    const meters = () => [...plant.stations.values()].flatMap(({ meter }) => meter ?? []);
    let found: Meter[] | undefined;
    const sum = (of: (meter: Meter) => number) => (found ??= meters()).reduce((total, meter) => total + of(meter), 0);
    return { powerKw: (t) => sum((meter) => meter.powerKw(t)), energyKwh: (t) => sum((meter) => meter.energyKwh(t)) };
  }),
};
type Utilities = Self<typeof fields>;

/** What the hall gives to all stations: electricity with its main meter, compressed air, light; tariff and CO2 by the hour. */
export const utilities = stationType('utilities', {
  fields,
  start(s, t) {
    s.control.start(t);
    s.control.enter(Reason.Executing, t);
    s.building.flow(LIGHT_AND_FANS_KW, t);
    s.compressor.decide(t);
    changeTariff(s, t);
  },
  changed(s, t) {
    s.control.adjust(t);
    s.compressor.decide(t);
    changeTariff(s, t);
  },
  on: { tariffChanges: changeTariff },
  commands: controlCommands((s: Utilities) => s.control),
  signals: (s) => {
    addConsumer(s.station, steady(s.building));
    const { main, compressor } = s;
    const ofLine = true;
    const restarts = true;
    const usedKwh = (t: number) => main.energyKwh(t) - s.meterKwh;
    return [
      ...controlSignals(s.control, s.station),
      signal('Meter.Main.Power', 'kW', (t) => main.powerKw(t), {
        ...text('Active power of the whole line', 'Hela linans aktiva effekt'),
        range: [0, 120],
        ofLine,
        restarts,
        counter: 'Meter.Main.Energy',
      }),
      signal('Meter.Main.Energy', 'kWh', (t) => main.energyKwh(t), {
        ...text('Energy used by the whole line since the start', 'Hela linans energi sedan start'),
        range: [0, 1e7],
        resolution: 0.001,
        ofLine,
      }),
      signal('Meter.Main.Voltage', 'V', (t) => 400 + 1.6 * s.voltNoise.smoothAt(t) - 0.03 * main.powerKw(t), {
        ...text('Voltage between phases', 'Huvudspänning'),
        range: [360, 440],
        resolution: 0.1,
        ofLine,
        restarts,
      }),
      signal('Meter.Main.Frequency', 'Hz', (t) => 50 + 0.012 * s.hertzNoise.smoothAt(t), {
        ...text('Frequency of the grid', 'Nätfrekvens'),
        range: [49, 51],
        resolution: 0.001,
      }),
      held('Compressor.Loaded', '1', () => compressor.isLoaded, {
        ...text('Compressor delivers air', 'Kompressorn levererar luft'),
        type: 'Boolean',
        range: [0, 1],
      }),
      held('Compressor.Power', 'kW', () => compressor.power.rate, {
        ...text('Power of the compressor', 'Kompressorns effekt'),
        type: 'Double',
        range: [0, 20],
      }),
      signal('Compressor.LoadedTime', 'h', (t) => compressor.loadedTime.at(t) / HOUR, {
        ...text('Hours under load since the start', 'Timmar under last sedan start'),
        range: [0, 1e6],
        scanS: 10,
      }),
      held('Compressor.Starts', '1', () => compressor.starts, {
        ...text('Times it went from unloaded to loaded', 'Antal byten från avlastad till lastad'),
        range: [0, 1e6],
      }),
      signal('Compressor.SpecificEnergy', 'kW.h/m3', (t) => compressor.specificKwh(t), {
        ...text('Energy for a cubic metre of free air since the start', 'Energi per kubikmeter fri luft sedan start'),
        range: [0, 10],
        scanS: 10,
        resolution: 0.0001,
      }),
      signal('Air.Pressure', 'bar', (t) => compressor.pressureAt(t), {
        ...text('Pressure of the air network', 'Tryckluftsnätets tryck'),
        range: [0, 12],
        resolution: 0.01,
        ofLine,
      }),
      signal('Air.Flow', 'L/s', () => compressor.flowLps, {
        ...text('Free air that the hall takes', 'Fri luft som hallen förbrukar'),
        resolution: 0.1,
        range: [0, 200],
        ofLine,
        restarts,
      }),
      signal('Air.Used', 'm3', (t) => compressor.usedM3(t), {
        ...text('Free air that the hall has taken since the start', 'Fri luft som hallen förbrukat sedan start'),
        range: [0, 1e7],
        scanS: 10,
        ofLine,
      }),
      signal('Hall.Temperature', 'Cel', (t) => 21.8 + 0.5 * s.hallNoise.smoothAt(t), {
        ...text('Temperature in the hall', 'Temperatur i hallen'),
        range: [-20, 50],
        scanS: 10,
        resolution: 0.1,
      }),
      held('Tariff.Price', '[SEK]/kW.h', () => s.price, {
        ...text('Price of electricity in this hour', 'Elpris denna timme'),
        type: 'Double',
        range: [0, 20],
      }),
      held('Tariff.Peak', '1', () => s.isPeak, {
        ...text('Peak hours of the grid', 'Höglasttid i nätet'),
        type: 'Boolean',
        range: [0, 1],
      }),
      held('Tariff.Co2', 'g/kW.h', () => s.co2, {
        ...text('CO₂ intensity of the grid in this hour', 'Elnätets koldioxidintensitet denna timme'),
        type: 'Double',
        resolution: 0.1,
        range: [0, 1000],
      }),
      signal('Cost.Energy', '[SEK]', (t) => s.cost + s.price * usedKwh(t), {
        ...text('Cost of energy since the start', 'Energikostnad sedan start'),
        range: [0, 1e7],
        scanS: 10,
        ofLine,
      }),
      signal('Co2.Total', 'kg', (t) => s.co2Kg + (s.co2 * usedKwh(t)) / 1000, {
        ...text('CO₂ of the energy since the start', 'Energins koldioxid sedan start'),
        range: [0, 1e7],
        scanS: 10,
        ofLine,
      }),
    ];
  },
});

/** Closes the sums of cost and CO2 at the old price, and looks up the new one. */
function changeTariff(s: Utilities, t: number): void {
  const kwh = s.main.energyKwh(t);
  s.cost += s.price * (kwh - s.meterKwh);
  s.co2Kg += (s.co2 * (kwh - s.meterKwh)) / 1000;
  s.meterKwh = kwh;
  const hour = Math.floor(t / HOUR + s.startHour);
  s.price = priceSekPerKwh(s, hour);
  s.co2 = co2GramsPerKwh(hour);
  s.isPeak = isPeak(s, hour) ? 1 : 0;
  s.tariffChanges.at(Math.max(t + 1, Math.ceil((hour + 1 - s.startHour) * HOUR)));
}
