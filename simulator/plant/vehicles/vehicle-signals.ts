import { held, type Signal, signal, type Text } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';
import { type Around, poseOf } from './vda5050-state.ts';
import type { Vehicle } from './vehicle.ts';

const ACTIVITIES: Readonly<Record<number, Text>> = {
  0: { en: 'No order', sv: 'Ingen order' },
  1: { en: 'Driving', sv: 'Kör' },
  2: { en: 'Handing over', sv: 'Lastar eller lossar' },
  3: { en: 'Waiting for the lane', sv: 'Väntar på körbanan' },
  4: { en: 'Paused', sv: 'Pausad' },
  5: { en: 'Waiting for the release of its way', sv: 'Väntar på att vägen frisläpps' },
};
const LOADS: Readonly<Record<number, Text>> = {
  0: { en: 'empty', sv: 'tom' },
  1: { en: 'castings', sv: 'gjutgods' },
  2: { en: 'returned units', sv: 'returnerade enheter' },
  3: { en: 'cartons', sv: 'kartonger' },
};

function activityOf({ order, isActing, isPaused, isWaiting, isDriving }: Vehicle): number {
  if (isActing === 1) return 2;
  if (isPaused === 1) return 4;
  if (order.isActive === 0) return 0;
  return isWaiting === 1 ? 3 : isDriving ? 1 : 5;
}

/** What a vehicle shows beside its state message. */
export function vehicleSignals(vehicle: Vehicle, ways: Around['ways']): Signal[] {
  const { battery, order } = vehicle;
  const { id } = vehicle.shape;
  const name = `Agv${id.slice(3)}`;
  return [
    signal(`${name}.Battery`, '%', (t) => battery.percentAt(t), {
      ...text(`Battery of ${id}`, `Batteri i ${id}`),
      range: [0, 100],
      scanS: 5,
      resolution: 0.1,
    }),
    signal(`${name}.Charger.Energy`, 'kW.h', (t) => battery.drawnWhAt(t) / 1000, {
      ...text(`Energy from the mains to charge ${id}`, `Energi från nätet för att ladda ${id}`),
      range: [0, 1e6],
      scanS: 10,
      resolution: 0.001,
    }),
    signal(`${name}.Drive.Energy`, 'kW.h', (t) => battery.givenWhAt(t) / 1000, {
      ...text(`Energy that the battery of ${id} has given`, `Energi som batteriet i ${id} har avgett`),
      range: [0, 1e6],
      scanS: 10,
      resolution: 0.001,
    }),
    held(`${name}.Speed`, 'm/s', () => Math.abs(vehicle.speedMPerS(vehicle.leftUs)), {
      ...text(`Speed of ${id}`, `Hastighet för ${id}`),
      type: 'Double',
      resolution: 0.01,
      range: [0, 2],
    }),
    signal(`${name}.X`, 'm', (t) => poseOf(vehicle, ways, t).x, {
      ...text(`${id} along the hall, to the right`, `${id} längs hallen, åt höger`),
      range: [-1000, 1000],
    }),
    signal(`${name}.Y`, 'm', (t) => -poseOf(vehicle, ways, t).z, {
      ...text(`${id} across the hall, away from the viewer`, `${id} tvärs hallen, bort från betraktaren`),
      range: [-1000, 1000],
    }),
    held(`${name}.Activity`, '1', () => activityOf(vehicle), {
      ...text(`What ${id} does`, `Vad ${id} gör`),
      type: 'Int32',
      range: [0, 5],
      words: ACTIVITIES,
    }),
    held(`${name}.Load`, '1', () => vehicle.load, {
      ...text(`What ${id} carries`, `Vad ${id} bär`),
      type: 'Int32',
      range: [0, 3],
      words: LOADS,
    }),
    held(`${name}.Orders`, '1', () => vehicle.trips, {
      ...text(`Orders that ${id} has ended`, `Order som ${id} har avslutat`),
      range: [0, 1e6],
    }),
    held(`${name}.Order.Update`, '1', () => order.updateId, {
      ...text(`orderUpdateId of the order of ${id}`, `orderUpdateId för ordern hos ${id}`),
      range: [0, 4294967295],
    }),
  ];
}
