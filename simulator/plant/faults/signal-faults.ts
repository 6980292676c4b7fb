import { text } from '#simulator/plant/texts.ts';
import { type Effect, type FaultKind, type FaultParameter, type Given, number, word } from './fault-kind.ts';

/** What can be wrong between the truth and the sample of it, in the order of their numbers in the slab. */
export const DISTORTIONS = [
  ...['none', 'bias', 'drift', 'gain', 'stuck', 'noise', 'dropout', 'out-of-range', 'ratio', 'unit', 'frozen-time'],
  ...['clock-skew', 'duplicates'],
] as const;

/** The two targets that a fault of a signal uses; only scenarios may. */
export const DISTORT = 'Line.Distort';
export const RESTORE = 'Line.Restore';

/** Its signal by path, the word for what is wrong with it, and how much of that. */
export interface Distortion {
  readonly signal: string;
  readonly what: string;
  readonly amount: number;
}

/** Units that are mixed up, and how to come from one to the other: value x factor + offset. */
const MIXED_UNITS: readonly { from: string; to: string; factor: number; offset: number }[] = [
  { from: 'Cel', to: '[degF]', factor: 1.8, offset: 32 },
  { from: 'Cel', to: 'K', factor: 1, offset: 273.15 },
  { from: 'bar', to: 'kPa', factor: 100, offset: 0 },
  { from: 'kPa', to: 'bar', factor: 0.01, offset: 0 },
  { from: 'mm', to: '[in_i]', factor: 1 / 25.4, offset: 0 },
  { from: 'um', to: 'mm', factor: 0.001, offset: 0 },
  { from: 'kW', to: 'W', factor: 1000, offset: 0 },
  { from: 'kN', to: 'N', factor: 1000, offset: 0 },
  { from: 'L/min', to: 'L/s', factor: 1 / 60, offset: 0 },
  { from: 'mm/s', to: 'm/s', factor: 0.001, offset: 0 },
  { from: 'A', to: 'mA', factor: 1000, offset: 0 },
  { from: 'm/s', to: 'm/min', factor: 60, offset: 0 },
];
const UNITS = [...new Set(MIXED_UNITS.map(({ to }) => to))];

const ofSignal = (
  id: string,
  what: (typeof DISTORTIONS)[number],
  [en, sv]: readonly [en: string, sv: string],
  parameters: Readonly<Record<string, FaultParameter>>,
  amountOf: (given: Given) => number = () => 0,
): FaultKind => ({
  ...{ id, ...text(en, sv), isOfSignal: true, parameters },
  begins: (given, signal): readonly Effect[] => [{ target: DISTORT, value: { signal, what, amount: amountOf(given) } }],
  ends: (_, signal) => [{ target: RESTORE, value: { signal, what } }],
});

const meters = (of: string): string[] => [`${of}.Meter.Power`, `${of}.Meter.Energy`];
const [NONE, LAST] = ['BadNoCommunication', 'UncertainLastUsableValue'];

/** Faults of sensors, meters and clocks. The truth stays as it is; only what the samples say of it changes. */
export const signalFaults: readonly FaultKind[] = [
  ofSignal(
    'sensor-bias',
    'bias',
    ['A sensor shows too much or too little', 'En givare visar för mycket eller för lite'],
    { by: number('1', [-1e6, 1e6], 'In the unit of the signal', 'I signalens enhet') },
    ({ by }) => Number(by),
  ),
  ofSignal(
    'sensor-drift',
    'drift',
    ['A sensor drifts away', 'En givare driver iväg'],
    { rate: number('/h', [-1e6, 1e6], 'In the unit of the signal, an hour', 'I signalens enhet, per timme') },
    ({ rate }) => Number(rate),
  ),
  ofSignal(
    'sensor-gain',
    'gain',
    ['A sensor has the wrong gain', 'En givare har fel förstärkning'],
    { factor: number('1', [0, 100], 'What is shown against what is', 'Det som visas mot det som är') },
    ({ factor }) => Number(factor),
  ),
  ofSignal('sensor-stuck', 'stuck', ['A sensor is stuck', 'En givare har fastnat'], {}),
  ofSignal(
    'sensor-noise',
    'noise',
    ['A sensor is noisy', 'En givare brusar'],
    {
      deviation: number(
        '1',
        [0, 1e6],
        'Standard deviation in the unit of the signal',
        'Standardavvikelse i signalens enhet',
      ),
    },
    ({ deviation }) => Number(deviation),
  ),
  ofSignal(
    'sensor-dropout',
    'dropout',
    ['A sensor does not answer', 'En givare svarar inte'],
    { quality: word([NONE, LAST], 'Status of what is left', 'Status för det som är kvar', NONE) },
    ({ quality }) => (quality === LAST ? 1 : 0),
  ),
  ofSignal(
    'sensor-out-of-range',
    'out-of-range',
    ['A sensor is at its stop', 'En givare går i botten'],
    { side: word(['high', 'low'], 'At which end of its range', 'I vilken ände av området', 'high') },
    ({ side }) => (side === 'low' ? -1 : 1),
  ),
  {
    id: 'meter-ratio',
    ...text('A current transformer has the wrong ratio', 'En strömtransformator har fel omsättning'),
    parameters: { factor: number('1', [0.01, 100], 'What is shown against what is', 'Det som visas mot det som är') },
    begins: ({ factor }, of) =>
      meters(of).map((signal) => ({ target: DISTORT, value: { signal, what: 'ratio', amount: factor } })),
    ends: (_, of) => meters(of).map((signal) => ({ target: RESTORE, value: { signal, what: 'ratio' } })),
  },
  ofSignal(
    'unit-mix-up',
    'unit',
    ['A value comes in another unit than it says', 'Ett värde kommer i en annan enhet än det säger'],
    { unit: word(UNITS, 'The unit that it comes in', 'Enheten som det kommer i') },
    ({ unit }) => UNITS.indexOf(String(unit)),
  ),
  ofSignal(
    'frozen-timestamp',
    'frozen-time',
    ['The timestamp of a device stands still', 'Tidsstämpeln från en enhet står stilla'],
    {},
  ),
  ofSignal(
    'clock-skew',
    'clock-skew',
    ['The clock of a device is wrong', 'Klockan i en enhet går fel'],
    { by: number('s', [-86_400, 86_400], 'Ahead; negative is behind', 'Före; negativt är efter') },
    ({ by }) => Number(by),
  ),
  ofSignal('duplicates', 'duplicates', ['Each sample comes twice', 'Varje värde kommer två gånger'], {}),
];

/** How a unit is mixed up with the one of that number among `UNITS`, if that can be. */
export const mixUp = (from: string, to: number) =>
  MIXED_UNITS.find((each) => each.from === from && each.to === UNITS[to]);
