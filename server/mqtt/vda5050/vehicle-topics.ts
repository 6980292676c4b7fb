import type { Model } from '#simulator/cell/model.ts';

/** Major version in the topic: 2.1.0 is spoken, and 2.0.0 understood (VDA 5050 2.1.0, 6.3). */
export const VERSION = '2.1.0';
const ROOT = 'uagv/v2';

/** What a vehicle says, and what it is told (VDA 5050 2.1.0, 6.5). */
export type VehicleReport = 'connection' | 'factsheet' | 'state' | 'visualization';
export type VehicleOrderTopic = 'order' | 'instantActions';

export interface VehicleName {
  /** First level of the topic prefix: `nordpump`. */
  readonly manufacturer: string;
  /** `AGV1`. */
  readonly serial: string;
  /** The capture that holds its state: `ST11.Agv1.State`. */
  readonly capture: string;
  /** A signal of the vehicle, to see whether it can be heard: `ST11.Agv1.X`. */
  readonly signal: string;
  /** The station whose commands it obeys. */
  readonly station: string;
}

/** The vehicles of a model. */
export function vehiclesOf({ captures }: Model, prefix: string): VehicleName[] {
  const [manufacturer] = prefix.split('/');
  return [...captures.keys()].flatMap((capture) => {
    const [, station, number] = /^(\w+)\.Agv(\d+)\.State$/.exec(capture) ?? [];
    if (station === undefined) return [];
    const signal = `${station}.Agv${number}.X`;
    return [{ manufacturer, serial: `AGV${number}`, capture, signal, station }];
  });
}

export const vehicleTopic = (
  { manufacturer, serial }: Pick<VehicleName, 'manufacturer' | 'serial'>,
  what: VehicleReport | VehicleOrderTopic,
): string => `${ROOT}/${manufacturer}/${serial}/${what}`;

/** Whether a topic is an order to one of the vehicles, and to which. */
export function vehicleOrderOf(
  topic: string,
  vehicles: readonly VehicleName[],
): { vehicle: VehicleName; what: VehicleOrderTopic } | undefined {
  if (!topic.startsWith(`${ROOT}/`)) return undefined;
  for (const vehicle of vehicles) {
    for (const what of ['order', 'instantActions'] as const) {
      if (topic === vehicleTopic(vehicle, what)) return { vehicle, what };
    }
  }
  return undefined;
}
