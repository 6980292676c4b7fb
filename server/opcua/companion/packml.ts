import { randomUUID } from 'node:crypto';
import { type AddressSpace, Range, StatusCodes, type Variant } from 'node-opcua';
import { Reason } from '#simulator/plant/reasons.ts';
import type { Outcome } from '../line-node.ts';
import { outcomeOf } from '../status-codes.ts';
import { engineeringUnits } from '../units.ts';
import type { Visit } from '../visit.ts';
import { fixed, follows, type Instance, type Member, state } from './instance.ts';
import type { Machine } from './instances.ts';
import { Packml } from './machinery.ts';
import { PACKML } from './nodesets.ts';

const { Aborting, Aborted, Clearing, Stopped, Stopping } = Packml;
const nameOf = (value: number): string => Object.entries(Packml).find(([, number]) => number === value)?.[0] ?? 'Idle';

/** The three machines of OPC 30050, 6.3, each within a state of the one above. */
const baseState = (value: number): string => (value === Aborting || value === Aborted ? nameOf(value) : 'Cleared');
function machineState(value: number): string | undefined {
  if (baseState(value) !== 'Cleared') return undefined;
  return value === Clearing || value === Stopped || value === Stopping ? nameOf(value) : 'Running';
}
const executeState = (value: number): string | undefined =>
  machineState(value) === 'Running' ? nameOf(value) : undefined;

/** A method that becomes a command with the value given. */
const sets = (target: string): Member => ({
  kind: 'call',
  needs: target,
  call: async (visit: Visit, [input]: readonly Variant[]): Promise<Outcome> =>
    outcomeOf(await visit.command({ id: randomUUID(), target, value: input.value as number })),
});
const lacking = (id: string, what: string): Member => ({
  kind: 'call',
  needs: `${id}.SetMode`,
  call: async (visit) => {
    const reason = `${id} has no ${what} that could be set from outside. Its settings are the variables that can be written.`;
    visit.refused(`call ${id}.PackML`, reason);
    return { status: StatusCodes.BadNotSupported, reason };
  },
});

/** OPC 30050: the packaging machine as a PackML unit. */
export function packagingMachine({ id }: Machine, space: AddressSpace): Instance[] {
  const packml = `${id}.State.Current`;
  const reason = `${id}.State.Reason`;
  const speedOf = (visit: Visit) => new Range(visitRange(visit, `${id}.Status.CurMachSpeed`));
  const unitOf = ({ view, language }: Visit) =>
    engineeringUnits(view.signal(`${id}.Status.CurMachSpeed`).unit, language);
  const modes = space.findDataType('ProductionMaintenanceModeEnum', space.getNamespaceIndex(PACKML));
  return [
    {
      id: `${id}.PackML`,
      ...{ type: [PACKML, 'PackMLBaseObjectType'], parent: id, needs: packml },
      name: { en: 'PackML', sv: 'PackML' },
      members: {
        BaseStateMachine: state(packml, baseState),
        'BaseStateMachine/MachineState': state(packml, machineState),
        'BaseStateMachine/MachineState/ExecuteState': state(packml, executeState),
        'Status/CurMachSpeed': follows(`${id}.Status.CurMachSpeed`, (value) => value),
        'Status/CurMachSpeed/EURange': fixed(speedOf),
        'Status/CurMachSpeed/EngineeringUnits': fixed(unitOf),
        'Status/MachSpeed': {
          kind: 'value',
          changes: true,
          show: (visit) => ({ value: Number(visit.setting(`${id}.Command.MachSpeed`)), sourceMs: visit.nowMs() }),
        },
        'Status/MachSpeed/EURange': fixed(speedOf),
        'Status/MachSpeed/EngineeringUnits': fixed(unitOf),
        'Status/EquipmentBlocked': follows(reason, (value) => value === Reason.Blocked),
        'Status/EquipmentStarved': follows(reason, (value) => value === Reason.Starved),
        'Status/UnitModeCurrent': follows(`${id}.Status.UnitModeCurrent`, (value) => value),
        'Status/UnitSupportedModes': fixed(modes?.nodeId ?? 'i=0'),
        SetUnitMode: sets(`${id}.SetMode`),
        SetMachSpeed: sets(`${id}.Command.MachSpeed`),
        SetParameter: lacking(id, 'parameter'),
        SetProduct: lacking(id, 'product'),
      },
    },
  ];
}

function visitRange({ view }: Visit, path: string): { low: number; high: number } {
  const [low, high] = view.signal(path).range;
  return { low, high };
}
