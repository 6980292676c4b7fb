import { fixed, follows, type Instance, part, same, state } from './instance.ts';
import type { Machine } from './instances.ts';
import { Packml } from './machinery.ts';
import { MACHINE_TOOL } from './nodesets.ts';

/** MachineOperationMode of OPC 40501-1, 8.4, by unit mode. */
const operationMode: Readonly<Record<number, number>> = { 1: 1, 2: 4, 3: 0 };

/** State of the program by state of the machine (OPC 40501-1, 8.27). */
function programState(packml: number): string {
  if (packml === Packml.Execute) return 'Running';
  if (packml === Packml.Aborting || packml === Packml.Aborted) return 'Aborted';
  if (packml === Packml.Stopping || packml === Packml.Stopped || packml === Packml.Clearing) return 'Ended';
  const isHeld = packml === Packml.Suspended || (packml >= Packml.Holding && packml <= Packml.Unholding);
  return isHeld ? 'Interrupted' : 'Initializing';
}

/** OPC 40501-1: a machine tool is a machine with these parts. */
export function machineTool({ id, title }: Machine): Instance[] {
  const packml = `${id}.State.Current`;
  const program = `${id}.Program.Number`;
  return [
    {
      id,
      ...{ type: [MACHINE_TOOL, 'MachineToolType'], parent: id, needs: packml },
      name: { en: `${id} ${title.en}`, sv: `${id} ${title.sv}` },
      members: {
        Identification: same(`${id}.Identification`),
        MachineryBuildingBlocks: same(`${id}.MachineryBuildingBlocks`),
        'Monitoring/MachineTool/OperationMode': follows(`${id}.State.Mode`, (mode) => operationMode[mode] ?? 5),
        'Monitoring/MachineTool/MachineryItemState': same(`${id}.MachineryItemState`),
        'Monitoring/Spindle': part([MACHINE_TOOL, 'SpindleMonitoringType'], { en: 'Spindle', sv: 'Spindel' }),
        'Monitoring/Spindle/Name': fixed('Spindle'),
        'Monitoring/Spindle/IsRotating': follows(`${id}.Spindle.Speed`, (speed) => speed > 0),
        'Production/ActiveProgram/Name': follows(
          program,
          (value, { language, view }) => view.signal(program).words?.[value]?.[language] ?? String(value),
        ),
        'Production/ActiveProgram/NumberInList': fixed(0),
        'Production/ActiveProgram/State': state(packml, programState),
      },
    },
  ];
}
