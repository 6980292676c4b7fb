import { timer } from '#simulator/kernel/calendar.ts';
import { noise } from '#simulator/kernel/closed-form.ts';
import { f64, u32 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { normal, stream, uniform } from '#simulator/kernel/random.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { seconds } from '#simulator/kernel/time.ts';
import { oneOf } from '#simulator/plant/command-argument.ts';
import { Mode } from '#simulator/plant/control.ts';
import { distribution } from '#simulator/plant/distribution.ts';
import { loopStation } from '#simulator/plant/loop/loop-station.ts';
import { count, quantity } from '#simulator/plant/parameters.ts';
import { variantAt } from '#simulator/plant/parts/variants.ts';
import { profile } from '#simulator/plant/profile.ts';
import { fault, Reason } from '#simulator/plant/reasons.ts';
import { held, signal } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';
import { dockLink, Mission } from '#simulator/plant/vehicles/dock-link.ts';
import { packTags } from './pack-tags.ts';
import { refill, STOCKS } from './packaging-stocks.ts';

const CARTON_KG = 0.42;
/** Pumps a minute that the machine is built for. */
const NOMINAL_SPEED = 3;
const FILM_M = 1.5; // around a carton
const LABELS = 2; // a carton takes one, and a second if the first cannot be read

/**
 * Takes finished pumps off the loop into cartons that are wrapped in film and labelled. Cartons wait for a vehicle; what
 * is used up is refilled by hand when it is out, or on command. Shows PackTags by the names of ISA-TR88.00.02.
 */
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
        atMost: { path: 'Cartons.Most' },
      },
    }),
    machineSpeed: quantity('/min', {
      fallback: NOMINAL_SPEED,
      min: 1,
      max: 4,
      shown: {
        path: 'Command.MachSpeed',
        ...text('Wanted speed in pumps a minute', 'Önskad hastighet i pumpar per minut'),
      },
    }),
    blankStock: count({ fallback: 60, min: 1, max: 1000 }),
    filmRoll: quantity('m', { fallback: 400, min: 10, max: 5000 }),
    labelRoll: count({ fallback: 500, min: 10, max: 10_000 }),
    refillTime: distribution({ uniform: [90, 200] }),
    /** Share of labels that cannot be read once they are on the carton. */
    badLabelShare: quantity('1', { fallback: 0.004, max: 1 }),
    blanks: f64(),
    filmM: f64(),
    labels: u32(),
    inCarton: u32(),
    waiting: u32(),
    made: u32(),
    contentKg: f64(),
    weightKg: f64(),
    /** Cartons, and those whose first label was bad, since somebody reset the counts. */
    processed: u32(),
    defective: u32(),
    scale: stream(),
    labelLuck: stream(),
    refilled: timer(),
    cartonDone: event('CartonDone'),
    glueNoise: noise(seconds(7)),
    dock: dockLink(),
  },
  start: (s) => STOCKS.forEach(({ fill }) => fill(s)),
  ready(s, _, t) {
    if (s.inCarton > 0) return Reason.Executing;
    if (s.waiting >= s.mostCartons) return Reason.Blocked;
    if (s.blanks > 0 && s.filmM >= FILM_M && s.labels >= LABELS) return Reason.Executing;
    if (s.refilled.dueUs === Infinity) s.refilled.at(t + s.refillTime.draw());
    return Reason.NoMaterial;
  },
  workUs: (s, _, drawnUs) => Math.round((drawnUs * NOMINAL_SPEED) / s.machineSpeed),
  completed(s, part, t, carrier) {
    if (s.inCarton === 0) s.blanks -= 1;
    s.inCarton += 1;
    s.contentKg += variantAt(s.variant.of(part)).massKg;
    s.loop.carriers.unload(carrier);
    s.plant.parts.remove(part, t);
    if (s.inCarton < s.perCarton) return;
    const isBadLabel = uniform(s.labelLuck.next()) < s.badLabelShare;
    s.filmM -= FILM_M;
    s.labels -= isBadLabel ? 2 : 1;
    s.defective += isBadLabel ? 1 : 0;
    s.processed += 1;
    s.made += 1;
    s.waiting += 1;
    s.weightKg = CARTON_KG + s.contentKg + 0.015 * normal(s.scale.next());
    s.inCarton = 0;
    s.contentKg = 0;
    s.cartonDone.raise(t, s.made);
    if (s.waiting >= s.callAt) s.dock.ask(Mission.Cartons, t);
  },
  on: {
    refilled(s, t) {
      for (const { left, full, fill } of STOCKS) if (left(s) < 0.25 * full(s)) fill(s);
      s.cycle.retry(t);
    },
  },
  commands: {
    Refill: {
      obey: refill,
      wants: oneOf('Stock', 'What to fill up', 'Vad som fylls på', [
        { value: 'cartons', ...text('cartons', 'kartonger') },
        { value: 'film', ...text('film', 'film') },
        { value: 'labels', ...text('labels', 'etiketter') },
      ]),
      ...text('Refill: cartons, film or labels', 'Fyll på: kartonger, film eller etiketter'),
    },
    ResetCounts: {
      obey(s) {
        if (s.cycle.control.mode !== Mode.Maintenance) {
          const hint = 'Stop it, wait for Stopped, and set mode 2 (Maintenance) first.';
          throw new Refusal(`${s.station.path} resets its counts in mode Maintenance only.`, hint);
        }
        s.processed = s.defective = 0;
      },
      ...text(
        'Reset counts: set processed and defective counts to 0',
        'Nollställ räknare: de för packade och felaktiga',
      ),
    },
  },
  trace: (s) => ({ carton: s.inCarton === 0 ? s.made : s.made + 1 }),
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
    held('Film.Left', 'm', () => s.filmM, {
      ...text('Film left on the roll', 'Film kvar på rullen'),
      type: 'Double',
      resolution: 0.1,
      range: [0, 5000],
    }),
    held('Labels.Left', '1', () => s.labels, {
      ...text('Labels left on the roll', 'Etiketter kvar på rullen'),
      range: [0, 10_000],
    }),
    ...packTags(s),
    signal('Glue.Temperature', 'Cel', (t) => s.cycle.control.temperatureC.at(t) + 0.3 * s.glueNoise.smoothAt(t), {
      ...text('Temperature of the glue', 'Limmets temperatur'),
      range: [0, 220],
      scanS: 5,
      resolution: 0.1,
    }),
  ],
});
