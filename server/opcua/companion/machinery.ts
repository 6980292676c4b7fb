import type { Visit } from '../visit.ts';
import { fixed, type Instance, part, state, type TypeName } from './instance.ts';
import type { Machine } from './instances.ts';
import { DI, MACHINE_TOOL, MACHINERY } from './nodesets.ts';

/** PackML states, by their numbers (ISA-TR88.00.02). */
export const Packml = {
  ...{ Clearing: 1, Stopped: 2, Starting: 3, Idle: 4, Suspended: 5, Execute: 6, Stopping: 7, Aborting: 8, Aborted: 9 },
  ...{ Holding: 10, Held: 11, Unholding: 12, Resetting: 15 },
} as const;

/** OPC 40001-1, 12.2: whether a machine works, could work, or is out of order. */
export function itemState(packml: number): string {
  if (packml === Packml.Execute) return 'Executing';
  return packml === Packml.Aborting || packml === Packml.Aborted ? 'OutOfService' : 'NotExecuting';
}

/** OPC 40001-1, 12.3, of the unit modes 1 Produce, 2 Maintenance and 3 Manual. */
const operationModes: Readonly<Record<number, string>> = { 1: 'Processing', 2: 'Maintenance', 3: 'Setup' };

/** Serial numbers and URIs are those of the cell that is being looked at. */
export const serialNumber =
  (id: string) =>
  ({ cell }: Visit) =>
    `${cell.id}-${id}`;
export const productInstanceUri =
  (id: string) =>
  ({ cell }: Visit) =>
    `urn:verkstad:${cell.id}:${id}`;
export const manufacturer = fixed({ locale: 'en', text: 'Verkstad' });
export const modelName = ({ title }: Machine) =>
  fixed(({ language }: Visit) => ({ locale: language, text: title[language] }));

/** OPC 40001-1: the building blocks of every machine, which `Machines` organizes. */
export function machinery({ id, title, type }: Machine): Instance[] {
  const blocks = `${id}.MachineryBuildingBlocks`;
  const mode = `${id}.State.Mode`;
  const isTool = type === 'cnc-mill';
  const identification: TypeName = isTool
    ? [MACHINE_TOOL, 'MachineToolIdentificationType']
    : [MACHINERY, 'MachineIdentificationType'];
  const common = { parent: id, needs: `${id}.State.Current`, owners: [blocks], reference: 'HasAddIn' };
  return [
    {
      ...{ id, parent: id, name: { en: `${id} ${title.en}`, sv: `${id} ${title.sv}` }, needs: `${id}.State.Current` },
      type: ['http://opcfoundation.org/UA/', 'BaseObjectType'],
      entries: [[MACHINERY, 'Machines', 'Organizes']],
      members: {},
    },
    {
      ...{ ...common, id: blocks, reference: 'HasComponent', owners: [] },
      browseName: [MACHINERY, 'MachineryBuildingBlocks'],
      type: ['http://opcfoundation.org/UA/', 'FolderType'],
      name: { en: 'MachineryBuildingBlocks', sv: 'Byggstenar' },
      members: {},
    },
    {
      ...{ ...common, id: `${id}.Identification`, browseName: [DI, 'Identification'], type: identification },
      name: { en: 'Identification', sv: 'Identifikation' },
      members: {
        Manufacturer: manufacturer,
        Model: modelName({ id, title, type, has: () => true }),
        ProductCode: fixed(type),
        SerialNumber: fixed(serialNumber(id)),
        ProductInstanceUri: fixed(productInstanceUri(id)),
        ComponentName: fixed(({ language }: Visit) => ({ locale: language, text: `${id} ${title[language]}` })),
        DeviceClass: fixed(type),
      },
    },
    {
      ...{ ...common, id: `${id}.MachineryItemState`, browseName: [MACHINERY, 'MachineryItemState'] },
      type: [MACHINERY, 'MachineryItemState_StateMachineType'],
      name: { en: 'MachineryItemState', sv: 'Maskinens tillstånd' },
      members: { '.': state(`${id}.State.Current`, itemState) },
    },
    {
      ...{ ...common, id: `${id}.MachineryOperationMode`, browseName: [MACHINERY, 'MachineryOperationMode'] },
      type: [MACHINERY, 'MachineryOperationModeStateMachineType'],
      name: { en: 'MachineryOperationMode', sv: 'Driftläge' },
      members: { '.': state(mode, (value) => operationModes[value] ?? 'None') },
    },
  ];
}

/** Nameplate of OPC 10000-100, 4.5.3, for devices within a machine. */
export const nameplate = (path: string, machine: Machine, code: string, type?: TypeName): Instance['members'] => {
  const at = (name: string) => (path === '' ? name : `${path}/${name}`);
  return {
    ...(path !== '' && { [path]: part(type) }),
    [at('Manufacturer')]: manufacturer,
    [at('Model')]: modelName(machine),
    [at('ProductCode')]: fixed(code),
    [at('SerialNumber')]: fixed(serialNumber(`${machine.id}-${code}`)),
  };
};
