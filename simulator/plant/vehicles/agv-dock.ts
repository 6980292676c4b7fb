import { timer } from '#simulator/kernel/calendar.ts';
import { type ObjectField, u32 } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import type { CaptureSource } from '#simulator/plant/capture.ts';
import { jsonObject, named, oneOf } from '#simulator/plant/command-argument.ts';
import { controlCommands } from '#simulator/plant/control-commands.ts';
import { type Control, control } from '#simulator/plant/control.ts';
import { distribution } from '#simulator/plant/distribution.ts';
import { findName } from '#simulator/plant/names.ts';
import { count, quantity } from '#simulator/plant/parameters.ts';
import { fault, Reason } from '#simulator/plant/reasons.ts';
import { held } from '#simulator/plant/signal.ts';
import { type Self, stationType } from '#simulator/plant/station-type.ts';
import { plantField, type PlantSite, type Station } from '#simulator/plant/station.ts';
import { text } from '#simulator/plant/texts.ts';
import { controlSignals } from '#simulator/plant/unit-signals.ts';
import { Mission } from './dock-link.ts';
import { type Cargo, Fleet } from './fleet.ts';
import { LaneGraph, Place } from './lane-graph.ts';
import { actAtOnce, findVehicle, giveOrder } from './master-control.ts';
import { stateOf } from './vda5050-state.ts';
import { MOST_NODES } from './vehicle-order.ts';
import { vehicleSignals } from './vehicle-signals.ts';
import type { Vehicle } from './vehicle.ts';

const FAULTS = [
  fault(1201, 'fleet-control', 'Fleet control does not answer', 'Fordonsstyrningen svarar inte', 2),
  fault(1202, 'charger', 'Charger fault', 'Fel i laddaren', 1),
];
const CARTONS_PER_TRIP = 4;
const CORES_PER_TRIP = 4;
/** The mission of a vehicle passes all entries, both other places, its own entry again and its dock twice. */
const MOST_VEHICLES = MOST_NODES - 5;

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

const ORDER_EXAMPLE =
  '{"serialNumber":"AGV2","orderId":"o1","orderUpdateId":0,"nodes":[{"nodeId":"dock2","sequenceId":0,"released":true,"actions":[]}],"edges":[]}';
const ACTIONS_EXAMPLE =
  '{"serialNumber":"AGV2","actions":[{"actionType":"startPause","actionId":"a1","blockingType":"HARD"}]}';

/** Two vehicles fetch cartons from packaging and bring castings and returned units to the store. */
export const agvDock = stationType('agv-dock', {
  fields,
  start(s, t) {
    s.control.start(t);
    for (const { battery } of s.fleet.vehicles) battery.charge(t);
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
      wants: (s) => oneOf('Vehicle', 'The vehicle', 'Fordonet', named(s.fleet.vehicles.map(({ shape }) => shape.id))),
      obey(s, t, value) {
        const vehicle = findVehicle(s.fleet, String(value));
        const known = s.fleet.vehicles.map(({ shape }) => shape.id).join(' or ');
        if (vehicle === undefined)
          throw new Refusal(`There is no vehicle ${JSON.stringify(value)}.`, `Give ${known}.`, 'out_of_range');
        s.fleet.chargeFully(vehicle, t);
      },
      ...text('Charge: a vehicle, such as AGV1, until it is full', 'Ladda: ett fordon, t.ex. AGV1, tills det är fullt'),
    },
    Order: {
      obey: (s, t, value) => giveOrder(s.fleet, value, t),
      wants: jsonObject('Order', 'A VDA 5050 order', 'En order enligt VDA 5050', ORDER_EXAMPLE),
      ...text(
        'Order a vehicle: an order or its update (VDA 5050)',
        'Beordra fordon: en order eller en uppdatering (VDA 5050)',
      ),
    },
    InstantActions: {
      obey: (s, t, value) => actAtOnce(s.fleet, value, t),
      wants: jsonObject('Actions', 'VDA 5050 instant actions', 'Omedelbara åtgärder enligt VDA 5050', ACTIONS_EXAMPLE),
      ...text(
        'Instant actions: let a vehicle pause, go on or cancel its order (VDA 5050)',
        'Direktåtgärd: låt ett fordon pausa, fortsätta eller avbryta sin order (VDA 5050)',
      ),
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
    ...s.fleet.vehicles.flatMap((vehicle) => vehicleSignals(vehicle, (name) => s.plant.getWay(name))),
  ],
  captures: (s) => [
    ...s.fleet.vehicles.map((vehicle) => stateCapture(s, vehicle)),
    {
      name: 'Fleet.Map',
      ...text('Nodes and edges that orders may name', 'Noder och bågar som order får nämna'),
      take: () => ({ kind: 'document', content: s.fleet.graph.toJSON() }),
    },
  ],
  motion: (s) => s.fleet.vehicles.map((vehicle) => ({ id: vehicle.shape.id, segment: (t) => vehicle.motion(t) })),
});

function stateCapture(s: AgvDock, vehicle: Vehicle): CaptureSource {
  const { id } = vehicle.shape;
  return {
    name: `Agv${id.slice(3)}.State`,
    ...text(`State of ${id} (VDA 5050 2.1.0)`, `Tillstånd för ${id} (VDA 5050 2.1.0)`),
    take(t) {
      const { isDown } = s.control;
      const around = { ways: (name: string) => s.plant.getWay(name), leastPercent: s.chargeBelow, isDown };
      return { kind: 'document', content: stateOf(s.fleet, vehicle, around, t) };
    },
  };
}

function goOn(s: { fleet: Fleet; control: Control }, t: number): void {
  s.control.enter(s.fleet.isBusy ? Reason.Executing : Reason.Starved, t);
  s.fleet.dispatch(t);
}

function makeFleet(site: PlantSite): Fleet {
  const { plant, settings, station } = site;
  const lane = plant.getWay('lane');
  const docks = (settings.get('docks') ?? []) as unknown;
  if (typeof docks !== 'object' || docks === null || Object.values(docks).some((entry) => typeof entry !== 'number')) {
    throw new Refusal(
      `${settings.station} has no docks.`,
      'Give "docks" as in { dock1: 18.65 }: way of the dock and metres along the lane.',
    );
  }
  if (Object.keys(docks).length > MOST_VEHICLES) {
    throw new Refusal(`${settings.station} has too many docks.`, `Give ${MOST_VEHICLES} at most.`, 'out_of_range');
  }
  const places = Object.entries(docks as Record<string, number>).map(([name, entryM]) => ({
    ...{ name, entryM },
    way: plant.getWay(name),
  }));
  const [storeM, packagingM] = [Number(settings.get('storeAt') ?? 0), Number(settings.get('packagingAt') ?? 0)];
  const vehicles = places.map(({ name, way, entryM }, index) => ({
    ...{ id: `AGV${index + 1}`, index, dock: name, dockLengthM: way.length, entryM },
  }));
  const graph = new LaneGraph(lane, storeM, packagingM, places);
  const fleet = new Fleet(site, { laneLengthM: lane.length, vehicles }, graph);
  fleet.cargo = cargoOf(() => station.self);
  for (const vehicle of fleet.vehicles) addHealth(site, vehicle);
  return fleet;
}

/** `ST11.AGV1.health`, hidden: what its battery holds, in % of a new one. */
function addHealth({ kernel, station }: PlantSite, { shape, battery }: Vehicle): void {
  const name = `${shape.id}.health`;
  kernel.parameters.set(`${station.path}.${name}`, {
    station: station.path,
    shape: undefined,
    write(value) {
      if (typeof value !== 'number' || !(value >= 2 && value <= 100)) {
        throw new Refusal(`${JSON.stringify(value)} is no value for ${name}.`, 'Give 2 to 100 %.', 'out_of_range');
      }
      battery.age(value / 100, kernel.clock.nowUs);
    },
    read: () => 100 * battery.health,
  });
}

function cargoOf(self: () => AgvDock): Cargo {
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
    pick(load, t) {
      const s = self();
      if (load === Mission.Castings) return s.castingsPerTrip;
      if (load === Mission.Cartons) return fetchCartons(s, t);
      const cores = Math.min(CORES_PER_TRIP, s.cores);
      s.cores -= cores;
      return cores;
    },
    drop(vehicle, place, t) {
      const s = self();
      if (place === Place.Store) bring(vehicle, s.store.target, t);
      else if (vehicle.load === Mission.Cartons) s.shipped += vehicle.cargo;
      else if (vehicle.load === Mission.Cores) s.cores += vehicle.cargo;
    },
  };
}

function fetchCartons({ packaging, fleet }: AgvDock, t: number): number {
  const from = packaging.target?.self as Packaging | undefined;
  if (from === undefined) return 0;
  const cartons = Math.min(CARTONS_PER_TRIP, from.waiting);
  from.waiting -= cartons;
  packaging.target?.touch.mark(t);
  packaging.target?.room(t);
  if (from.waiting >= from.callAt) fleet.ask(Mission.Cartons, t);
  return cartons;
}

function bring({ load, cargo }: Vehicle, to: Station | undefined, t: number): void {
  const store = to?.self as Store | undefined;
  if (store === undefined) return;
  if (load === Mission.Cores) store.cores += cargo;
  else store.castings += cargo;
  to?.touch.mark(t);
  store.cycle.retry(t);
}

function stationLink(setting: string): ObjectField<{ target: Station | undefined }> {
  return plantField(({ plant, settings }) => {
    const link: { target: Station | undefined } = { target: undefined };
    const wanted = findName(settings, setting);
    if (wanted !== undefined) plant.whenComplete(() => (link.target = plant.getStation(wanted)));
    return link;
  });
}
