import { type Integral, integral, noise } from '#simulator/kernel/closed-form.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { seconds, SECOND } from '#simulator/kernel/time.ts';
import { type CommandArgument, stationOf } from '#simulator/plant/command-argument.ts';
import { controlCommands } from '#simulator/plant/control-commands.ts';
import { type Control, control } from '#simulator/plant/control.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { fault, Reason } from '#simulator/plant/reasons.ts';
import { held, type Signal, signal } from '#simulator/plant/signal.ts';
import { stationType } from '#simulator/plant/station-type.ts';
import { plantField, type PlantSite } from '#simulator/plant/station.ts';
import { controlSignals } from '#simulator/plant/unit-signals.ts';
import { Loop } from './loop.ts';
import type { Zone } from './zone.ts';

const FAULTS = [
  fault(201, 'drive-overload', 'Belt drive overload', 'Banddriften överlastad', 2),
  fault(202, 'carrier-jam', 'Carrier jammed in a curve', 'Bärare har fastnat i en kurva', 3),
  fault(203, 'rfid-timeout', 'RFID reader does not answer', 'RFID-läsaren svarar inte', 1),
];

const beltSpeed = {
  path: 'Belt.Speed',
  text: { en: 'Wanted speed of the belt', sv: 'Önskad bandhastighet' },
};

interface Conveyor {
  readonly control: Control;
  readonly loop: Loop;
  readonly speed: number;
  readonly beltSlip: number;
}

const fields = {
  speed: quantity('m/s', { fallback: 0.25, min: 0.1, max: 0.5, shown: beltSpeed }),
  /** What a worn or oily belt slips more than a good one; the belt is that much slower than its drive. */
  beltSlip: quantity('%', { fallback: 0, max: 15 }),
  control: control(FAULTS, { halt: (s: Conveyor, t) => s.loop.setSpeed(0, t), resume: run }),
  /** Odometer of the belt in metres. */
  belt: integral(),
  currentNoise: noise(seconds(0.7)),
  slipNoise: noise(seconds(20)),
  heatNoise: noise(seconds(5)),
  loop: plantField((site) => {
    const loop: Loop = new Loop(site, () => (site.station.self as { belt: Integral }).belt);
    site.plant.whenComplete(() => {
      loop.build();
      site.station.signals.push(...loop.zones.flatMap(zoneSignals), loadedSignal(loop));
      site.station.motions.push(...loop.motions());
      for (const zone of loop.zones) addLimit(site, zone);
    });
    return loop;
  }),
};

const stopOf = ({ loop }: Conveyor): CommandArgument =>
  stationOf(
    'Station',
    'The station behind the gate',
    'Stationen bakom grinden',
    loop.zones.map(({ shape }) => shape.sink.path),
  );

/** Carries the carriers of a closed way from stop to stop. While it is down or held, the belt stands still. */
export const loopConveyor = stationType('loop-conveyor', {
  fields,
  start(s, t) {
    s.control.start(t);
    s.loop.start();
    run(s, t);
  },
  changed(s, t) {
    s.control.adjust(t);
    if (s.control.reason === Reason.Executing) s.loop.setSpeed(beltSpeedOf(s), t);
    for (const { shape } of s.loop.zones) shape.source.room(t);
  },
  commands: {
    ...controlCommands((s: Conveyor) => s.control),
    CloseGate: {
      wants: stopOf,
      obey: (s, t, value) => s.loop.getZoneTo(value).closeGate(t),
      text: {
        en: 'Close gate: the stop gate in front of a station, such as ST03',
        sv: 'Stäng grind: stoppgrinden före en station, t.ex. ST03',
      },
    },
    OpenGate: {
      wants: stopOf,
      obey: (s, t, value) => s.loop.getZoneTo(value).openGate(t),
      text: { en: 'Open gate: the stop gate in front of a station', sv: 'Öppna grind: stoppgrinden före en station' },
    },
    StickGate: {
      obey: (s, t, value) => s.loop.getZoneTo(value).stickGate(t),
      text: { en: 'The stop gate sticks, closed', sv: 'Stoppgrinden fastnar i stängt läge' },
      hidden: true,
    },
    FreeGate: {
      obey: (s, t, value) => s.loop.getZoneTo(value).freeGate(t),
      text: { en: 'The stop gate moves again, and opens', sv: 'Stoppgrinden går att röra igen, och öppnas' },
      hidden: true,
    },
  },
  signals: (s) => {
    const isRunning = () => s.control.reason === Reason.Executing;
    const heat = (t: number) => s.control.temperatureC.at(t) + 0.15 * s.heatNoise.smoothAt(t);
    const currentA = (t: number) =>
      (1000 * s.control.standing.powerKw() * (1 + 0.02 * s.currentNoise.smoothAt(t))) / VOLTS;
    return [
      ...controlSignals(s.control, s.station),
      held('Belt.ActualSpeed', 'm/s', () => s.belt.rate * SECOND, {
        text: { en: 'Speed of the belt', sv: 'Bandets hastighet' },
        type: 'Double',
        range: [0, 0.6],
      }),
      signal('Belt.Travel', 'm', (t) => s.belt.at(t), {
        text: { en: 'Distance that the belt has run since the start', sv: 'Sträcka som bandet gått sedan start' },
        range: [0, 1e8],
        scanS: 10,
        resolution: 0.1,
      }),
      signal('Belt.Slip', '%', (t) => (isRunning() ? 1.1 + s.beltSlip + 0.15 * s.slipNoise.smoothAt(t) : 0), {
        text: { en: 'Slip between drive and belt', sv: 'Slirning mellan drivning och band' },
        range: [0, 20],
        restarts: true,
      }),
      signal('Motor.Current', 'A', currentA, {
        text: { en: 'Current of the belt drive', sv: 'Banddriftens ström' },
        range: [0, 10],
        restarts: true,
      }),
      signal('Motor.Temperature', 'Cel', heat, {
        text: { en: 'Temperature of the belt drive', sv: 'Banddriftens temperatur' },
        range: [0, 120],
        scanS: 5,
        resolution: 0.1,
      }),
    ];
  },
});

/** Volts of a three-phase drive times its power factor: amperes are watts divided by it. */
const VOLTS = Math.sqrt(3) * 400 * 0.82;

function run(s: Conveyor, t: number): void {
  s.control.enter(Reason.Executing, t);
  s.loop.setSpeed(beltSpeedOf(s), t);
}

const beltSpeedOf = ({ speed, beltSlip }: Conveyor): number => speed * (1 - beltSlip / 100);

function zoneSignals(zone: Zone): Signal[] {
  const { sink } = zone.shape;
  return [
    held(`Zone.${sink.path}.Carriers`, '1', () => zone.count, {
      text: { en: `Carriers on the way to ${sink.path}`, sv: `Bärare på väg till ${sink.path}` },
      range: [0, 50],
    }),
    held(`Gate.${sink.path}.Closed`, '1', () => zone.isClosed, {
      text: { en: `Stop gate in front of ${sink.path} is closed`, sv: `Stoppgrinden före ${sink.path} är stängd` },
      type: 'Boolean',
      range: [0, 1],
    }),
  ];
}

const loadedSignal = ({ carriers }: Loop): Signal =>
  held('Carriers.Loaded', '1', () => carriers.loaded, {
    text: { en: 'Carriers with a part on them', sv: 'Bärare med en detalj på' },
    range: [0, 250],
    ofLine: true,
  });

/** How many carriers may wait in a zone: a buffer limit that may be changed at run time. */
function addLimit({ kernel, station }: PlantSite, zone: Zone): void {
  const { sink } = zone.shape;
  const path = `Zone.${sink.path}.Limit`;
  const text = { en: `Most carriers on the way to ${sink.path}`, sv: `Högst så många bärare på väg till ${sink.path}` };
  kernel.parameters.set(`${station.path}.${path}`, {
    station: station.path,
    shape: { path, type: 'count', unit: '1', range: [LEAST_LIMIT, zone.capacity], text },
    write(value) {
      const wanted = `Give a whole number from ${LEAST_LIMIT} to ${zone.capacity}.`;
      if (!Number.isInteger(value)) throw new Refusal(`${JSON.stringify(value)} is no limit.`, wanted, 'wrong_type');
      if (Number(value) < LEAST_LIMIT || Number(value) > zone.capacity) {
        throw new Refusal(`${JSON.stringify(value)} is out of range for ${path}.`, wanted, 'out_of_range');
      }
      zone.limit = Number(value);
    },
    read: () => zone.limit,
  });
}

/** With fewer places in every zone the loop could fill up and stand still for ever. */
const LEAST_LIMIT = 3;
