import { type ObjectField, record, u8 } from '#simulator/kernel/fields.ts';
import { hash, uniform } from '#simulator/kernel/random.ts';
import { MINUTE, NEVER, SECOND } from '#simulator/kernel/time.ts';
import { findName } from '#simulator/plant/names.ts';
import { plantField } from '#simulator/plant/station.ts';
import { type Crew, freePerson, isShort, letGo, type Maintained, MOST_PEOPLE } from './crew-team.ts';
import { Kind, OrderState } from './work-orders.ts';

const NOBODY = 0;
/** In the place of a person: nobody is there, and a spare must come first. */
const WAITING = 255;

const isPlannedAtWork = (kind: number, state: number): boolean =>
  kind !== Kind.Corrective && (state === OrderState.Assigned || state === OrderState.InProgress);

/** The crew that a machine names in its definition; without one, help is always there. */
export class CrewLink extends record({
  who: u8(),
  /** Where the order of its last failure is, from 1; 0 is nowhere. */
  repairOrder: u8(),
}) {
  target: Crew | undefined;
  /** Its place among the machines of the crew. */
  index = 0;
  /** Set by its owner. */
  unit!: Maintained;

  /** A spare must come before the repair can begin. */
  get isWaiting(): boolean {
    return this.who === WAITING;
  }

  /** Somebody is there, or on the way. */
  get isTaken(): boolean {
    return this.who !== NOBODY;
  }

  /** The machine has failed. Whoever is there, or on the way, for planned work turns to it; else the next who is free. */
  call(t: number): void {
    const { target: crew } = this;
    const { attended } = this.unit;
    if (crew === undefined) {
      attended.at(t);
      return;
    }
    crew.station.touch.mark(t);
    this.repairOrder = 1 + crew.orders.create(this.index, Kind.Corrective, Math.floor(t / SECOND), t);
    if (!this.isTaken) {
      this.queueUp(crew, t);
      return;
    }
    this.reopenPlanned(crew, t);
    this.paper(crew, OrderState.Assigned, t);
    if (attended.dueUs === NEVER) attended.at(t);
  }

  /** Somebody has come to the machine that is down. False if a spare is missing: then they go, and the repair waits. */
  beginRepair(t: number): boolean {
    const { target: crew } = this;
    if (crew === undefined) return true;
    crew.station.touch.mark(t);
    if (crew.spares.take(this.unit.faultCode, t)) {
      this.paper(crew, OrderState.InProgress, t);
      return true;
    }
    const { who } = this;
    this.who = WAITING;
    this.paper(crew, OrderState.WaitingForSpare, t);
    letGo(crew, who, t);
    return false;
  }

  /** The repair is done. */
  release(t: number): void {
    const { target: crew, who } = this;
    if (crew === undefined) return;
    crew.station.touch.mark(t);
    this.paper(crew, OrderState.Done, t);
    this.who = NOBODY;
    letGo(crew, who, t);
  }

  /** Somebody has come for planned work. */
  beginPlanned(t: number): void {
    const { target: crew, who, unit } = this;
    if (crew === undefined) return;
    crew.station.touch.mark(t);
    const row = crew.orders.find(this.index, isPlannedAtWork);
    const isInspection = crew.orders.kind(row) === Kind.Inspection;
    const forUs = this.paced((isInspection ? crew.inspectionTime : crew.serviceTime).draw());
    if (isInspection) unit.beginLook(forUs, t);
    else if (!unit.beginService(forUs, t)) {
      this.callOff(t);
      return;
    }
    crew.orders.set(row, OrderState.InProgress, who, t);
  }

  endPlanned(t: number): void {
    const { target: crew, who } = this;
    if (crew === undefined) return;
    crew.station.touch.mark(t);
    crew.orders.set(crew.orders.find(this.index, isPlannedAtWork), OrderState.Done, who, t);
    this.who = NOBODY;
    letGo(crew, who, t);
  }

  /** Whoever is there or on the way goes; planned work stays to be done, and a repair needs the crew no more. */
  callOff(t: number): void {
    const { target: crew, who } = this;
    if (crew === undefined || who === NOBODY) return;
    crew.station.touch.mark(t);
    this.reopenPlanned(crew, t);
    this.paper(crew, OrderState.Cancelled, t);
    this.who = NOBODY;
    if (who !== WAITING) letGo(crew, who, t);
  }

  /** Spares have come: if it waits for one, somebody comes again. */
  tryAgain(t: number): void {
    const { target: crew } = this;
    if (crew === undefined || !this.isWaiting) return;
    this.who = NOBODY;
    this.paper(crew, OrderState.Open, t);
    this.queueUp(crew, t);
  }

  /** Sends somebody for a planned order. */
  sendFor(row: number, t: number): void {
    const { target: crew } = this;
    if (crew === undefined) return;
    crew.busy.flow(crew.busy.rate + 1, t);
    this.walk(crew, freePerson(crew), t);
    crew.orders.set(row, OrderState.Assigned, this.who, t);
  }

  /** Somebody who is free comes to the machine that has called. */
  answer(t: number): void {
    const { target: crew } = this;
    if (crew !== undefined) this.sendFree(crew, t);
  }

  send(person: number, t: number): void {
    const { target: crew } = this;
    if (crew === undefined) return;
    this.walk(crew, person, t);
    this.paper(crew, OrderState.Assigned, t);
  }

  /** What a job takes that would take a person of mean skill so long. */
  paced(us: number): number {
    const { target: crew, who } = this;
    if (crew === undefined || crew.skillSpread === 0) return us;
    const { keyA, keyB } = crew.skills;
    const luck = uniform(hash(keyA, keyB, (crew.shifts.target?.shift ?? 0) * MOST_PEOPLE + who));
    return Math.round(us * (1 + (crew.skillSpread / 100) * (2 * luck - 1)));
  }

  private queueUp(crew: Crew, t: number): void {
    if (isShort(crew)) {
      crew.calls.push(this.index);
      return;
    }
    this.sendFree(crew, t);
  }

  private sendFree(crew: Crew, t: number): void {
    crew.busy.flow(crew.busy.rate + 1, t);
    this.send(freePerson(crew), t);
  }

  private walk(crew: Crew, person: number, t: number): void {
    this.who = person;
    crew.atWork |= 1 << (person - 1);
    this.unit.attended.at(t + crew.walkTime.draw());
  }

  /** Lets the corrective order of the machine follow. */
  private paper(crew: Crew, state: number, t: number): void {
    crew.orders.set(this.repairOrder - 1, state, this.isWaiting ? NOBODY : this.who, t);
    if (state === OrderState.Done || state === OrderState.Cancelled) this.repairOrder = 0;
  }

  private reopenPlanned(crew: Crew, t: number): void {
    const row = crew.orders.find(this.index, isPlannedAtWork);
    if (row < 0) return;
    crew.orders.set(row, OrderState.Open, NOBODY, t);
    crew.look.at(t + MINUTE);
  }
}

export const crewLink = (): ObjectField<CrewLink> =>
  plantField((site) => {
    const { plant, settings, name } = site;
    const link = new CrewLink(site);
    const wanted = findName(settings, name);
    if (wanted === undefined) return link;
    plant.whenComplete(() => {
      const crew: Crew = plant.getStation(wanted, 'crew').self;
      link.target = crew;
      link.index = crew.links.push(link) - 1;
      crew.spares.onDelivered = (t) => {
        for (const each of crew.links) each.tryAgain(t);
      };
    });
    return link;
  });
