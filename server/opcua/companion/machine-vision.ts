import { randomUUID } from 'node:crypto';
import { outcomeOf } from '../status-codes.ts';
import { type Instance, type Member, state } from './instance.ts';
import type { Machine } from './instances.ts';
import { Packml } from './machinery.ts';
import { MACHINE_VISION } from './nodesets.ts';

/** OPC 40100-1, 7.2: the state of the system, by that of the station. */
function systemState(packml: number): string {
  if (packml === Packml.Aborting || packml === Packml.Aborted) return 'Error';
  if (packml === Packml.Stopping || packml === Packml.Stopped) return 'Halted';
  const isComingUp = packml === Packml.Clearing || packml === Packml.Resetting || packml === Packml.Starting;
  return isComingUp ? 'Preoperational' : 'Operational';
}

const becomes = (target: string): Member => ({
  kind: 'call',
  needs: target,
  call: async (visit) => outcomeOf(await visit.command({ id: randomUUID(), target })),
});

/** OPC 40100-1: what is mandatory of a vision system. */
export const visionSystem = ({ id }: Machine): Instance[] => [
  {
    id: `${id}.VisionSystem`,
    ...{ type: [MACHINE_VISION, 'VisionSystemType'], parent: id, needs: `${id}.State.Current` },
    name: { en: 'Vision system', sv: 'Visionssystem' },
    members: {
      VisionStateMachine: state(`${id}.State.Current`, systemState),
      'VisionStateMachine/Halt': becomes(`${id}.Stop`),
      'VisionStateMachine/Reset': becomes(`${id}.Reset`),
    },
  },
];
