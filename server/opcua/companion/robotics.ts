import { fixed, follows, type Instance, part, same } from './instance.ts';
import type { Machine } from './instances.ts';
import { nameplate, Packml } from './machinery.ts';
import { DI, ROBOTICS } from './nodesets.ts';

const ROTARY = 1;
const ARTICULATED_ROBOT = 1;
/** OperationalModeEnumeration of OPC 40010-1, 10.2, by unit mode. */
const operationalMode: Readonly<Record<number, number>> = { 1: 3, 2: 1, 3: 1 };

/** OPC 40010-1: the robot with its axes, its controller and its safety, in the DeviceSet. */
export function motionDeviceSystem(machine: Machine): Instance[] {
  const { id, has } = machine;
  const joints = [1, 2, 3, 4, 5, 6].filter((n) => has(`${id}.Joint${n}.Angle`));
  const robot = 'MotionDevices/Robot';
  const controller = 'Controllers/Controller';
  const safety = 'SafetyStates/SafetyState/ParameterSet';
  const axes = joints.flatMap((n) => {
    const axis = `${robot}/Axes/Axis${n}`;
    return [
      [axis, part(undefined, { en: `Axis ${n}`, sv: `Axel ${n}` })],
      [`${axis}/MotionProfile`, fixed(ROTARY)],
      [`${axis}/ParameterSet/ActualPosition`, same(`${id}.Joint${n}.Angle`)],
    ] as const;
  });
  const motor = `${robot}/PowerTrains/PowerTrain2/Motor2`;
  return [
    {
      id: `${id}.MotionDeviceSystem`,
      ...{ type: [ROBOTICS, 'MotionDeviceSystemType'], parent: id, needs: `${id}.State.Current` },
      name: { en: 'Motion device system', sv: 'Robotsystem' },
      entries: [[DI, 'DeviceSet', 'HasComponent']],
      members: {
        ...nameplate(robot, machine, 'Robot'),
        [`${robot}/MotionDeviceCategory`]: fixed(ARTICULATED_ROBOT),
        [`${robot}/ParameterSet/SpeedOverride`]: same(`${id}.Speed.Override`),
        ...Object.fromEntries(axes),
        [`${robot}/PowerTrains/PowerTrain2`]: part(undefined, { en: 'Power train 2', sv: 'Drivlina 2' }),
        ...nameplate(motor, machine, 'Motor2', [ROBOTICS, 'MotorType']),
        [`${motor}/ParameterSet/MotorTemperature`]: same(`${id}.Motor2.Temperature`),
        ...nameplate(controller, machine, 'Controller'),
        [`${controller}/CurrentUser/Level`]: fixed('Operator'),
        [`${controller}/Software/Firmware`]: part(undefined, { en: 'Firmware', sv: 'Fast programvara' }),
        ...nameplate(`${controller}/Software/Firmware`, machine, 'Firmware'),
        [`${controller}/Software/Firmware/SoftwareRevision`]: fixed('1.0.0'),
        [`${controller}/TaskControls/Main`]: part(undefined, { en: 'Main program', sv: 'Huvudprogram' }),
        [`${controller}/TaskControls/Main/ComponentName`]: fixed({ locale: 'en', text: 'Main' }),
        [`${controller}/TaskControls/Main/ParameterSet/TaskProgramLoaded`]: fixed(true),
        [`${controller}/TaskControls/Main/ParameterSet/TaskProgramName`]: fixed('MAIN'),
        'SafetyStates/SafetyState': part(undefined, { en: 'Safety state', sv: 'Säkerhetstillstånd' }),
        [`${safety}/EmergencyStop`]: follows(
          `${id}.State.Current`,
          (value) => value === Packml.Aborting || value === Packml.Aborted,
        ),
        [`${safety}/OperationalMode`]: follows(`${id}.State.Mode`, (mode) => operationalMode[mode] ?? 0),
        [`${safety}/ProtectiveStop`]: follows(`${id}.Safety.ZoneClear`, (value) => value === 0),
      },
    },
  ];
}
