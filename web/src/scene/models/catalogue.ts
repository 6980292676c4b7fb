import { agvDock } from './agv-dock.ts';
import { amPrinters } from './am-printers.ts';
import { assembly } from './assembly.ts';
import { cncMill } from './cnc-mill.ts';
import { generic } from './generic.ts';
import { highBay } from './high-bay.ts';
import { laserMarking } from './laser-marking.ts';
import { loopConveyor } from './loop-conveyor.ts';
import type { StationModel } from './model.ts';
import { packaging } from './packaging.ts';
import { pressFit } from './press-fit.ts';
import { robotArm } from './robot-arm.ts';
import { utilities } from './utilities.ts';
import { vision } from './vision.ts';

/** Models by the `type` of a station in the cell definition. */
const MODELS: Record<string, StationModel> = {
  'high-bay': highBay,
  'loop-conveyor': loopConveyor,
  'cnc-mill': cncMill,
  'robot-arm': robotArm,
  'am-printers': amPrinters,
  assembly,
  'press-fit': pressFit,
  vision,
  'laser-marking': laserMarking,
  packaging,
  'agv-dock': agvDock,
  utilities,
};

export function modelOf(type: string): StationModel {
  return MODELS[type] ?? generic;
}
