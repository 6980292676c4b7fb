import { nodesets, type NodesetSource } from 'node-opcua';
import { LINE_NAMESPACE_URI } from '../line-definition.ts';

/** Namespaces of the companion specifications that the lines use. */
export const DI = 'http://opcfoundation.org/UA/DI/';
export const MACHINERY = 'http://opcfoundation.org/UA/Machinery/';
export const JOB_CONTROL = 'http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/';
export const MACHINE_TOOL = 'http://opcfoundation.org/UA/MachineTool/';
export const ROBOTICS = 'http://opcfoundation.org/UA/Robotics/';
export const PACKML = 'http://opcfoundation.org/UA/PackML/';
export const AUTO_ID = 'http://opcfoundation.org/UA/AutoID/';
export const MACHINE_VISION = 'http://opcfoundation.org/UA/MachineVision';

/** A nodeset without nodes: it takes the namespace of the lines its index, 2, before the companion specifications. */
const line: NodesetSource = {
  name: LINE_NAMESPACE_URI,
  source: () => [
    new TextEncoder().encode(
      `<?xml version="1.0" encoding="utf-8"?>
<UANodeSet xmlns="http://opcfoundation.org/UA/2011/03/UANodeSet.xsd">
  <NamespaceUris><Uri>${LINE_NAMESPACE_URI}</Uri></NamespaceUris>
  <Models>
    <Model ModelUri="${LINE_NAMESPACE_URI}" Version="1.0.0" PublicationDate="2026-01-01T00:00:00Z">
      <RequiredModel ModelUri="http://opcfoundation.org/UA/"/>
    </Model>
  </Models>
</UANodeSet>`,
    ),
  ],
};

/** What the server loads, in the order of the namespace indices. Each after those that it needs. */
export const lineNodesets: (string | NodesetSource)[] = [
  nodesets.standard,
  line,
  nodesets.di,
  nodesets.ia,
  nodesets.machinery,
  nodesets.isa95JobControl,
  nodesets.machineryResult,
  nodesets.machineryJobs,
  nodesets.machineTool,
  nodesets.robotics,
  nodesets.packML,
  nodesets.autoId,
  nodesets.machineVision,
];
