import * as THREE from 'three';
import { Kit } from '../kit.ts';
import type { Materials } from '../materials.ts';
import { meshesOf } from '../meshes.ts';
import { PAINT } from '../palette.ts';
import { screen } from './fixtures.ts';
import type { Mechanism, StationModel } from './model.ts';

const WINDOW = { x: -0.35, y: 1.38 };

/** How far the door slides to the left, before the housing. */
const DOOR_WAY_M = -0.78;
/** Flank wear in mm from which the tool shows it. */
const WORN_MM = 0.2;
const TOOL_CHANGE = 7;

/** A machining centre with a window in its sliding door; spindle, tool and table show behind the glass. */
export const cncMill: StationModel = {
  nominal: { w: 2.9, d: 2.1 },
  build(kit) {
    kit.box(2.7, 0.22, 1.8, 0, 0.11, 0, PAINT.dark, { round: 0.03 });
    kit.box(2.7, 1.95, 1.7, 0, 1.2, -0.04, PAINT.body, { round: 0.09, segments: 3 });
    kit.box(2.72, 0.1, 1.74, 0, 0.62, -0.03, PAINT.brand, { round: 0.03, edges: false });
    doorway(kit);
    controls(kit);
    kit.box(0.6, 0.5, 0.5, 0.8, 2.4, -0.4, PAINT.mid, { round: 0.05 });
    kit.cylinder(0.11, 0.05, 0.8, 2.66, -0.4, PAINT.slate);
    chipConveyor(kit);
    kit.stackLight(1.1, 2.17, 0.55);
  },
  mechanism: { make: spindleAndDoor, signals: ['Cycle.Progress', 'Door.Closed', 'Tool.Wear', 'State.Reason'] },
};

function doorway(kit: Kit): void {
  const { x, y } = WINDOW;
  kit.box(1.5, 1.12, 0.08, x, y, 0.79, PAINT.dark, { round: 0.06, segments: 2 });
  kit.box(1.3, 0.9, 0.02, x, y, 0.825, '#6b7883', { round: 0, edges: false });
  kit.box(1.1, 0.05, 0.02, x, y + 0.42, 0.835, '#dbe6ea', { on: 'glow', round: 0 });
  kit.box(0.8, 0.07, 0.05, x, y - 0.34, 0.85, PAINT.steel, { on: 'metal', round: 0.004, edges: false });
  kit.box(0.24, 0.14, 0.05, x + 0.02, y - 0.24, 0.85, PAINT.copper, { on: 'metal', round: 0.01, edges: false });
}

function controls(kit: Kit): void {
  kit.box(0.62, 1.5, 0.14, 0.98, 1.32, 0.83, PAINT.white, { round: 0.04, segments: 2 });
  screen(kit, 0.46, 0.34, 0.98, 1.75, 0.9);
  for (let key = 0; key < 12; key++) {
    const [x, y] = [0.84 + (key % 4) * 0.095, 1.42 - Math.floor(key / 4) * 0.09];
    kit.box(0.05, 0.05, 0.02, x, y, 0.905, PAINT.slate, { round: 0.006, edges: false });
  }
  kit.cylinder(0.05, 0.05, 1.17, 1.05, 0.92, '#a8413c', { rx: Math.PI / 2 });
}

function chipConveyor(kit: Kit): void {
  kit.box(0.7, 0.34, 0.6, -1.6, 0.22, 0.1, PAINT.slate, { round: 0.04 });
  kit.box(0.34, 0.9, 0.5, -1.82, 0.62, 0.1, PAINT.slate, { round: 0.05, rz: 0.35 });
}

function spindleAndDoor(materials: Materials): Mechanism {
  const { x, y } = WINDOW;
  const housing = new Kit();
  housing.box(0.24, 0.34, 0.05, 0, 0.1, 0, PAINT.steel, { on: 'metal', round: 0.006, edges: false });
  const tool = (colour: string) =>
    meshesOf(new Kit().cylinder(0.04, 0.2, 0, -0.16, 0, colour, { on: 'metal', top: 0.055 }).build(), materials);
  const [fresh, worn] = [tool(PAINT.steel), tool(PAINT.copper)];
  const head = new THREE.Group().add(meshesOf(housing.build(), materials), fresh, worn);
  const leaf = new Kit();
  leaf.box(1.36, 0.98, 0.02, x, y, 0.9, PAINT.white, { on: 'glass', round: 0.01, edges: false });
  leaf.box(0.05, 0.6, 0.07, x + 0.65, y, 0.93, PAINT.steel, { on: 'metal' });
  for (const side of [-0.5, 0.5]) leaf.box(1.4, 0.04, 0.03, x, y + side, 0.9, PAINT.slate, { on: 'metal' });
  const door = meshesOf(leaf.build(), materials);
  let [wearMm, reason] = [0, 0];
  const showTool = () => {
    fresh.visible = reason !== TOOL_CHANGE && wearMm < WORN_MM;
    worn.visible = reason !== TOOL_CHANGE && wearMm >= WORN_MM;
  };
  showTool();
  return {
    root: new THREE.Group().add(head, door),
    pose(cycle) {
      const cut = Math.sin(Math.PI * Math.min(1, Math.max(0, cycle)));
      head.position.set(x + 0.25 * Math.sin(cycle * 26) * cut, y + 0.22 - 0.1 * cut, 0.862);
    },
    show(name, value) {
      if (name === 'Door.Closed') door.position.x = value ? 0 : DOOR_WAY_M;
      if (name === 'Tool.Wear') wearMm = value;
      if (name === 'State.Reason') reason = value;
      showTool();
    },
  };
}
