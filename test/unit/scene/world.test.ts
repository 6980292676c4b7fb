import type { CellView } from '#contract/cell-view.ts';
import { layoutOf } from '#web/scene/layout.ts';
import { slabOf } from '#web/scene/slab.ts';
import { buildWorld, stationAt } from '#web/scene/world.ts';
import { Box3, Vector3 } from 'three';
import { describe, expect, test } from 'vitest';
import { runningPumpLine } from '../../support/running-pump-line.ts';

const { view } = runningPumpLine();
const placed = view.stations.filter(({ at }) => at);

function withStation(part: Partial<CellView['stations'][number]>): CellView {
  const station = { ...placed[0], id: 'ST99', stop: undefined, ...part };
  return { ...view, stations: [...view.stations, station] };
}

describe('the world built from the pump line', () => {
  const layout = layoutOf(view);
  const world = buildWorld(layout);

  test('takes the ways with stops for belts and the others for lanes', () => {
    expect([...layout.belts]).toEqual(['loop']);
  });

  test('has a body for each placed station, within the slab, and none for what has no place', () => {
    const { x0, x1, z0, z1 } = slabOf(layout);
    const slab = new Box3(new Vector3(x0, -0.1, z0), new Vector3(x1, 6, z1));
    expect([...world.bodies.keys()]).toEqual(placed.map(({ id }) => id));
    for (const { id, box, top, lamp } of world.bodies.values()) {
      expect(slab.containsBox(box), id).toBe(true);
      expect(top.y, id).toBeGreaterThan(0.5);
      expect(box.clone().expandByScalar(0.1).containsPoint(lamp), id).toBe(true);
    }
  });

  test('needs no more than one mesh for each surface', () => {
    expect(world.surfaces.size).toBeLessThanOrEqual(4);
  });

  test('knows the station of every painted triangle, the belt being the conveyor itself', () => {
    const { count } = world.surfaces.get('paint')!.getAttribute('position');
    const owners = new Set(
      Array.from({ length: 200 }, (_, i) => stationAt(world, 'paint', Math.floor((i * count) / 200))),
    );
    expect(owners.has(undefined)).toBe(false);
    expect(owners.has('ST02')).toBe(true);
  });

  test('stands each machine on its own footprint', () => {
    for (const { id, at, size } of placed) {
      if (id === 'ST02' || !at || !size) continue;
      const centre = world.bodies.get(id)!.box.getCenter(new Vector3());
      expect(Math.abs(centre.x - at.x), id).toBeLessThan(size.w);
      expect(Math.abs(centre.z - at.z), id).toBeLessThan(size.d);
    }
  });
});

test('a station of an unknown type is a plain machine', () => {
  const { bodies } = buildWorld(layoutOf(withStation({ type: 'never-heard-of', at: { x: 0, z: 0, turn: 0 } })));
  const { box } = bodies.get('ST99')!;
  expect(box.getSize(new Vector3()).y).toBeGreaterThan(1);
});

test('a station follows where its definition puts it', () => {
  const at = (x: number) => buildWorld(layoutOf(withStation({ at: { x, z: 1, turn: 0 } }))).bodies.get('ST99')!.lamp.x;
  expect(at(3) - at(0)).toBeCloseTo(3, 4);
});

test('a cell without any geometry is an empty slab', () => {
  const bare = { ...view, ways: {}, stations: view.stations.map(({ at: _at, stop: _stop, ...station }) => station) };
  expect(buildWorld(layoutOf(bare)).bodies.size).toBe(0);
});
