import { timer } from '#simulator/kernel/calendar.ts';
import { noise } from '#simulator/kernel/closed-form.ts';
import { f64, u32 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { normal, stream } from '#simulator/kernel/random.ts';
import { seconds } from '#simulator/kernel/time.ts';
import { distribution } from './distribution.ts';
import { dockLink, Mission } from './dock-link.ts';
import { loopStation } from './loop-station.ts';
import { count } from './parameters.ts';
import { profile } from './profile.ts';
import { fault, Reason } from './reasons.ts';
import { held, signal } from './signal.ts';
import { text } from './texts.ts';

const PUMP_KG = 2.35;
const CARTON_KG = 0.42;

/** Takes finished pumps off the loop into cartons. Cartons wait for a vehicle; blanks are refilled by hand when they are out. */
export const packaging = loopStation('packaging', {
  faults: [
    fault(1001, 'carton-jam', 'Carton jammed', 'Kartongen har fastnat', 3),
    fault(1002, 'glue-cold', 'Glue too cold', 'Limmet för kallt', 1),
    fault(1003, 'label-roll', 'Label torn', 'Etiketten har gått av', 2),
  ],
  load: profile([0, 0], [0.15, 0.9], [0.5, 0.6], [0.7, 1], [0.9, 0.8], [1, 0]),
  fields: {
    perCarton: count({
      fallback: 6,
      min: 1,
      max: 24,
      shown: { path: 'Carton.Size', ...text('Pumps per carton', 'Pumpar per kartong') },
    }),
    mostCartons: count({
      fallback: 8,
      min: 2,
      max: 40,
      shown: {
        path: 'Cartons.Most',
        ...text('Cartons that can wait for a vehicle', 'Kartonger som kan vänta på fordon'),
      },
    }),
    callAt: count({
      fallback: 2,
      min: 1,
      max: 40,
      shown: {
        path: 'Cartons.CallAt',
        ...text('Waiting cartons at which a vehicle is called', 'Väntande kartonger då fordon kallas'),
      },
    }),
    blankStock: count({ fallback: 60, min: 1, max: 1000 }),
    refillTime: distribution({ uniform: [90, 200] }),
    blanks: f64(),
    inCarton: u32(),
    waiting: u32(),
    made: u32(),
    weightKg: f64(),
    scale: stream(),
    refilled: timer(),
    cartonDone: event('CartonDone'),
    glueNoise: noise(seconds(7)),
    dock: dockLink(),
  },
  start(s) {
    s.blanks = s.blankStock;
  },
  ready(s, _, t) {
    if (s.inCarton > 0) return Reason.Executing;
    if (s.waiting >= s.mostCartons) return Reason.Blocked;
    if (s.blanks > 0) return Reason.Executing;
    if (s.refilled.dueUs === Infinity) s.refilled.at(t + s.refillTime.draw());
    return Reason.NoMaterial;
  },
  completed(s, part, t, carrier) {
    if (s.inCarton === 0) s.blanks -= 1;
    s.inCarton += 1;
    s.loop.carriers.unload(carrier);
    s.plant.parts.remove(part, t);
    if (s.inCarton < s.perCarton) return;
    s.inCarton = 0;
    s.made += 1;
    s.waiting += 1;
    s.weightKg = CARTON_KG + s.perCarton * PUMP_KG + 0.015 * normal(s.scale.next());
    s.cartonDone.raise(t, s.made);
    if (s.waiting >= s.callAt) s.dock.ask(Mission.Cartons, t);
  },
  on: {
    refilled(s, t) {
      s.blanks = s.blankStock;
      s.cycle.retry(t);
    },
  },
  signals: (s) => [
    held('Carton.Fill', '1', () => s.inCarton, {
      ...text('Pumps in the open carton', 'Pumpar i den öppna kartongen'),
      range: [0, 24],
    }),
    held('Carton.Weight', 'kg', () => s.weightKg, {
      ...text('Weight of the last carton', 'Senaste kartongens vikt'),
      type: 'Double',
      resolution: 0.01,
      range: [0, 100],
    }),
    held('Cartons.Made', '1', () => s.made, {
      ...text('Cartons closed since the start', 'Stängda kartonger sedan start'),
      range: [0, 1e6],
    }),
    held('Cartons.Waiting', '1', () => s.waiting, {
      ...text('Cartons that wait for a vehicle', 'Kartonger som väntar på fordon'),
      range: [0, 40],
    }),
    held('Blanks.Left', '1', () => s.blanks, { ...text('Carton blanks left', 'Kartongämnen kvar'), range: [0, 1000] }),
    signal('Glue.Temperature', 'Cel', (t) => s.cycle.control.temperatureC.at(t) + 0.3 * s.glueNoise.smoothAt(t), {
      ...text('Temperature of the glue', 'Limmets temperatur'),
      range: [0, 220],
      scanS: 5,
      resolution: 0.1,
    }),
  ],
});
