import { timer } from '#simulator/kernel/calendar.ts';
import { type ObjectField, u32 } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { type Control, control } from './control.ts';
import { controlCommands } from './control-commands.ts';
import { distribution } from './distribution.ts';
import { Mission } from './dock-link.ts';
import { Fleet } from './fleet.ts';
import { findName } from './names.ts';
import { count, quantity } from './parameters.ts';
import { fault, Reason } from './reasons.ts';
import { held, type Signal, signal, type Text } from './signal.ts';
import { plantField, type PlantSite, type Station } from './station.ts';
import { type Self, stationType } from './station-type.ts';
import { text } from './texts.ts';
import { controlSignals } from './unit-signals.ts';
import type { Vehicle } from './vehicle.ts';

const FAULTS = [
  fault(1201, 'fleet-control', 'Fleet control does not answer', 'Fordonsstyrningen svarar inte', 2),
  fault(1202, 'charger', 'Charger fault', 'Fel i laddaren', 1),
];
const CARTONS_PER_TRIP = 4;
const CORES_PER_TRIP = 4;

/** The store that vehicles bring to, and the packaging that they fetch from, as far as they care. */
interface Store {
  castings: number;
  cores: number;
  readonly cycle: { retry(t: number): void };
}
interface Packaging {
  waiting: number;
  readonly callAt: number;
}

const fields = {
  control: control(FAULTS, { halt: () => {}, resume: (s: { fleet: Fleet; control: Control }, t) => goOn(s, t) }),
  castingsPerTrip: count({ fallback: 24, min: 1, max: 100 }),
  chargeBelow: quantity('%', {
    fallback: 30,
    min: 5,
    max: 90,
    shown: {
      path: 'Battery.ChargeBelow',
      ...text('Charge below which a vehicle takes no mission', 'Laddning under vilken ett fordon inte tar uppdrag'),
    },
  }),
  coreEvery: distribution({ exponential: 540 }),
  cores: u32(),
  shipped: u32(),
  coreArrives: timer(),
  store: stationLink('store'),
  packaging: stationLink('packaging'),
  fleet: plantField(makeFleet),
};
type AgvDock = Self<typeof fields>;

/** Two vehicles fetch cartons from packaging and bring castings and returned units to the store. */
export const agvDock = stationType('agv-dock', {
  fields,
  start(s, t) {
    s.control.start(t);
    for (const vehicle of s.fleet.vehicles) vehicle.charge(t);
    s.coreArrives.at(t + s.coreEvery.draw());
  },
  changed: (s, t) => s.control.adjust(t),
  on: {
    coreArrives(s, t) {
      s.coreArrives.at(t + s.coreEvery.draw());
      s.cores += 1;
      if (s.cores >= CORES_PER_TRIP) s.fleet.ask(Mission.Cores, t);
    },
  },
  commands: {
    ...controlCommands((s: AgvDock) => s.control),
    Charge: {
      obey(s, t, value) {
        const vehicle = s.fleet.vehicles.find(({ shape }) => shape.id === value);
        const known = s.fleet.vehicles.map(({ shape }) => shape.id).join(' or ');
        if (vehicle === undefined)
          throw new Refusal(`There is no vehicle ${JSON.stringify(value)}.`, `Give ${known}.`, 'out_of_range');
        s.fleet.chargeFully(vehicle, t);
      },
      ...text('Charge a vehicle, such as AGV1, until it is full', 'Ladda ett fordon, t.ex. AGV1, tills det är fullt'),
    },
  },
  signals: (s) => [
    ...controlSignals(s.control, s.station),
    held('Cores.Waiting', '1', () => s.cores, {
      ...text('Returned units at the dock', 'Returnerade enheter vid dockan'),
      range: [0, 1000],
    }),
    held('Cartons.Shipped', '1', () => s.shipped, {
      ...text('Cartons brought to the dock since the start', 'Kartonger förda till dockan sedan start'),
      range: [0, 1e6],
    }),
    held('Missions.Given', '1', () => s.fleet.wishes.given, {
      ...text('Missions given to vehicles since the start', 'Uppdrag givna till fordon sedan start'),
      range: [0, 1e6],
    }),
    ...s.fleet.vehicles.flatMap(vehicleSignals),
  ],
  motion: (s) => s.fleet.vehicles.map((vehicle) => ({ id: vehicle.shape.id, segment: (t) => vehicle.motion(t) })),
});

function goOn(s: { fleet: Fleet; control: Control }, t: number): void {
  s.control.enter(s.fleet.isBusy ? Reason.Executing : Reason.Starved, t);
  s.fleet.dispatch(t);
}

function makeFleet(site: PlantSite): Fleet {
  const { plant, settings } = site;
  const lane = plant.getWay('lane');
  const docks = (settings.get('docks') ?? []) as unknown;
  if (typeof docks !== 'object' || docks === null || Object.values(docks).some((entry) => typeof entry !== 'number')) {
    throw new Refusal(
      `${settings.station} has no docks.`,
      'Give "docks" as in { dock1: 18.65 }: way of the dock and metres along the lane.',
    );
  }
  const fleet = new Fleet(site, {
    laneLengthM: lane.length,
    storeM: Number(settings.get('storeAt') ?? 0),
    packagingM: Number(settings.get('packagingAt') ?? 0),
    vehicles: Object.entries(docks as Record<string, number>).map(([dock, entryM], k) => ({
      id: `AGV${k + 1}`,
      dock,
      dockLengthM: plant.getWay(dock).length,
      entryM,
    })),
  });
  fleet.cargo = cargoOf(() => site.station.self);
  return fleet;
}

function cargoOf(self: () => AgvDock): NonNullable<Fleet['cargo']> {
  return {
    get mayBegin() {
      return self().control.isRunning;
    },
    get leastPercent() {
      return self().chargeBelow;
    },
    changed(t) {
      const { control: c, fleet } = self();
      if (c.isRunning) c.enter(fleet.isBusy ? Reason.Executing : Reason.Starved, t);
    },
    loaded(vehicle) {
      const s = self();
      vehicle.load = vehicle.mission;
      vehicle.cargo = vehicle.mission === Mission.Cores ? CORES_PER_TRIP : s.castingsPerTrip;
      if (vehicle.mission === Mission.Cores) s.cores -= CORES_PER_TRIP;
    },
    handedOver(vehicle, t) {
      const { store, packaging, fleet } = self();
      if (vehicle.mission !== Mission.Cartons) {
        bring(vehicle, store.target, t);
        return;
      }
      const from = packaging.target?.self as Packaging | undefined;
      vehicle.cargo = Math.min(CARTONS_PER_TRIP, from?.waiting ?? 0);
      vehicle.load = vehicle.cargo > 0 ? vehicle.mission : 0;
      if (from === undefined) return;
      from.waiting -= vehicle.cargo;
      packaging.target?.room(t);
      if (from.waiting >= from.callAt) fleet.ask(Mission.Cartons, t);
    },
    unloaded(vehicle) {
      self().shipped += vehicle.cargo;
      vehicle.cargo = vehicle.load = 0;
    },
  };
}

function bring(vehicle: Vehicle, to: Station | undefined, t: number): void {
  const store = to?.self as Store | undefined;
  if (store !== undefined) {
    if (vehicle.mission === Mission.Cores) store.cores += vehicle.cargo;
    else store.castings += vehicle.cargo;
    to?.touch.mark(t);
    store.cycle.retry(t);
  }
  vehicle.cargo = vehicle.load = 0;
}

function stationLink(setting: string): ObjectField<{ target: Station | undefined }> {
  return plantField(({ plant, settings }) => {
    const link: { target: Station | undefined } = { target: undefined };
    const wanted = findName(settings, setting);
    if (wanted !== undefined) plant.whenComplete(() => (link.target = plant.getStation(wanted)));
    return link;
  });
}

const STATES: Record<number, Text> = {
  0: { en: 'Parked', sv: 'Parkerad' },
  1: { en: 'Driving', sv: 'Kör' },
  2: { en: 'Handing over', sv: 'Lastar eller lossar' },
  3: { en: 'Waiting for the lane', sv: 'Väntar på körbanan' },
};
const LOADS: Record<number, Text> = {
  0: { en: 'empty', sv: 'tom' },
  1: { en: 'castings', sv: 'ämnen' },
  2: { en: 'returned units', sv: 'returnerade enheter' },
  3: { en: 'cartons', sv: 'kartonger' },
};

function vehicleSignals(vehicle: Vehicle): Signal[] {
  const { id } = vehicle.shape;
  const name = `Agv${id.slice(3)}`;
  const isDriving = () => vehicle.arrivesUs > vehicle.leftUs;
  const state = () => (vehicle.mission === 0 ? 0 : vehicle.isWaiting === 1 ? 3 : isDriving() ? 1 : 2);
  return [
    signal(`${name}.Battery`, '%', (t) => vehicle.percentAt(t), {
      ...text(`Battery of ${id}`, `Batteri i ${id}`),
      range: [0, 100],
      scanS: 5,
      resolution: 0.1,
    }),
    held(`${name}.Speed`, 'm/s', () => Math.abs(vehicle.speedMPerS(vehicle.leftUs)), {
      ...text(`Speed of ${id}`, `Hastighet för ${id}`),
      type: 'Double',
      resolution: 0.01,
      range: [0, 2],
    }),
    held(`${name}.State`, '1', state, {
      ...text(`What ${id} does`, `Vad ${id} gör`),
      type: 'Int32',
      range: [0, 3],
      words: STATES,
    }),
    held(`${name}.Load`, '1', () => vehicle.load, {
      ...text(`What ${id} carries`, `Vad ${id} bär`),
      type: 'Int32',
      range: [0, 3],
      words: LOADS,
    }),
  ];
}
