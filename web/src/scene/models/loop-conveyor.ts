import { PAINT } from '../palette.ts';
import { BELT_Y, type StationModel } from './model.ts';

/** The gate with which a loop conveyor reads the tags of passing carriers. The belt itself is swept along its way. */
export const loopConveyor: StationModel = {
  nominal: { w: 0.4, d: 1.1 },
  build(kit, { stop }) {
    const { x, z, turn } = stop ?? { x: 0, z: 0, turn: 0 };
    kit.within(x, 0, z, turn, () => {
      for (const side of [-0.45, 0.45]) {
        kit.box(0.08, 1.2, 0.08, 0, 0.6, side, PAINT.aluminium, { on: 'metal', round: 0.008 });
      }
      kit.box(0.18, 0.1, 1.02, 0, BELT_Y + 0.52, 0, PAINT.dark);
      kit.box(0.22, 0.06, 0.36, 0, BELT_Y + 0.45, 0, PAINT.brand);
      kit.stackLight(0, BELT_Y + 0.57, -0.4);
    });
  },
};
