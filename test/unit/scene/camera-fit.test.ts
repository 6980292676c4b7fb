import { fitCamera, overviewDirection } from '#web/scene/camera-fit.ts';
import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, test } from 'vitest';

const corners = [-14, 13].flatMap((x) => [0, 3.8].flatMap((y) => [-7, 8].map((z) => new Vector3(x, y, z))));

/** Extremes of the points on the screen, -1 to 1. */
function seen(aspect: number, margin: number) {
  const lens = { fov: 27, aspect };
  const { position, target } = fitCamera(corners, overviewDirection(aspect), lens, margin);
  const camera = new PerspectiveCamera(lens.fov, aspect, 0.1, 1000);
  camera.position.copy(position);
  camera.lookAt(target);
  camera.updateMatrixWorld();
  const points = corners.map((point) => point.clone().project(camera));
  const range = (values: number[]) => [Math.min(...values), Math.max(...values)] as const;
  return { x: range(points.map(({ x }) => x)), y: range(points.map(({ y }) => y)) };
}

describe.each([0.45, 1, 1.6, 2.4])('a camera fitted to a picture %d times as wide as high', (aspect) => {
  test('sees everything, and fills the tighter direction up to its margin', () => {
    const { x, y } = seen(aspect, 0.03);
    const reach = Math.max(-x[0], x[1], -y[0], y[1]);
    expect(reach).toBeCloseTo(0.94, 5);
  });

  test('centres what it sees', () => {
    const { x, y } = seen(aspect, 0.03);
    const isWidthTight = x[1] > 0.9399;
    const tight = isWidthTight ? x : y;
    expect(tight[0] + tight[1]).toBeCloseTo(0, 5);
  });
});

test('a tall picture has the long side of the cell upright, and fills more than the half of its height', () => {
  const { position, target } = fitCamera(corners, overviewDirection(0.5), { fov: 27, aspect: 0.5 });
  const camera = new PerspectiveCamera(27, 0.5, 0.1, 1000);
  camera.position.copy(position);
  camera.lookAt(target);
  camera.updateMatrixWorld();
  const [left, right] = [-14, 13].map((x) => new Vector3(x, 0, 0).project(camera));
  expect(left.y - right.y).toBeGreaterThan(Math.abs(left.x - right.x));
  const { y } = seen(0.5, 0.03);
  expect(y[1] - y[0]).toBeGreaterThan(1);
});
