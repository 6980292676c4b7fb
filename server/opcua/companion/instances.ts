import type { AddressSpace } from 'node-opcua';
import type { LineDefinition } from '../line-definition.ts';
import { rfidReader } from './auto-id.ts';
import type { Instance } from './instance.ts';
import { jobOrderReceiver } from './job-control.ts';
import { machineTool } from './machine-tool.ts';
import { visionSystem } from './machine-vision.ts';
import { machinery } from './machinery.ts';
import { packagingMachine } from './packml.ts';
import { motionDeviceSystem } from './robotics.ts';

/** A station that a specification may be about. */
export interface Machine {
  readonly id: string;
  readonly title: { readonly en: string; readonly sv: string };
  readonly type: string;
  readonly has: (signal: string) => boolean;
}

const specifications: Readonly<Record<string, (machine: Machine, space: AddressSpace) => Instance[]>> = {
  'loop-conveyor': rfidReader,
  'cnc-mill': machineTool,
  'robot-arm': motionDeviceSystem,
  vision: visionSystem,
  packaging: packagingMachine,
};

/** All objects of companion specifications in the cells of a definition, each after those that it refers to. */
export function instancesOf(space: AddressSpace, { stations, model }: LineDefinition): Instance[] {
  const has = (path: string) => model.findSignal(path) !== undefined;
  return stations.flatMap(({ id, title, type }) => {
    const machine: Machine = { id, title, type, has };
    if (type === 'order-book') return jobOrderReceiver(machine, space);
    if (!has(`${id}.State.Current`)) return [];
    return [...machinery(machine), ...(specifications[type]?.(machine, space) ?? [])];
  });
}
