import type * as THREE from 'three';
import type { CellScene } from '#web/scene/cell-scene.ts';
import type { StationBody } from '#web/scene/world.ts';

/** What one station gives to the picture, within the rectangle in which its box is seen. */
export interface StationPicture {
  station: string;
  /** Share of the rectangle that is this station: where the picture changes once its triangles are taken away. */
  share: number;
  /** Luminance of these pixels, 0 to 255, and how far it is from the darkest tenth to the lightest. */
  mean: number;
  range: number;
  /** Share of these pixels that are all but black. */
  black: number;
}

/** What is done to a station before it is measured, and undone afterwards. */
export type Damage = 'none' | 'hidden' | 'black';

/** The parts of the scene that are looked at from inside. */
interface OpenScene {
  stage: { renderer: THREE.WebGLRenderer; scene: THREE.Scene; camera: THREE.PerspectiveCamera };
  world: {
    surfaces: Map<string, THREE.BufferGeometry>;
    spans: Map<string, { station: string; from: number; to: number }[]>;
    bodies: Map<string, StationBody>;
  };
}

const CHANGED = 3;
const BLACK = 24;

/** Measures each station alone, in the page that draws the scene. */
export function stationPictures(
  open: CellScene,
  stations: readonly string[],
  damage: Damage = 'none',
): StationPicture[] {
  const { stage, world } = open as unknown as OpenScene;
  const { renderer, scene, camera } = stage;
  const { width, height } = renderer.domElement;
  const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;

  const picture = (): Uint8ClampedArray => {
    renderer.render(scene, camera);
    pen.drawImage(renderer.domElement, 0, 0);
    return pen.getImageData(0, 0, width, height).data;
  };

  /** Sets an attribute of all triangles of a station to 0; answers what puts it back. */
  const wipe = (station: string, name: 'position' | 'color'): (() => void) => {
    const undone: (() => void)[] = [];
    for (const [surface, spans] of world.spans) {
      const attribute = world.surfaces.get(surface)?.getAttribute(name) as THREE.BufferAttribute | undefined;
      if (!attribute) continue;
      for (const { from, to } of spans.filter((span) => span.station === station)) {
        const part = attribute.array.subarray(from * attribute.itemSize, to * attribute.itemSize);
        const before = part.slice();
        part.fill(0);
        undone.push(() => part.set(before));
      }
      attribute.needsUpdate = true;
    }
    return () => {
      for (const undo of undone) undo();
      for (const geometry of world.surfaces.values()) {
        if (geometry.hasAttribute(name)) geometry.getAttribute(name).needsUpdate = true;
      }
    };
  };

  /** The rectangle of the picture, in its pixels, in which the box of a station is seen. */
  const rectangle = ({ box: { min, max } }: StationBody) => {
    const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((k) =>
      min
        .clone()
        .set(k & 1 ? max.x : min.x, k & 2 ? max.y : min.y, k & 4 ? max.z : min.z)
        .project(camera),
    );
    const xs = corners.map(({ x }) => (x / 2 + 0.5) * width);
    const ys = corners.map(({ y }) => (0.5 - y / 2) * height);
    const within = (value: number, most: number) => Math.round(Math.max(0, Math.min(most, value)));
    return {
      ...{ left: within(Math.min(...xs), width), right: within(Math.max(...xs), width) },
      ...{ top: within(Math.min(...ys), height), bottom: within(Math.max(...ys), height) },
    };
  };

  return stations.map((station) => {
    const repair = damage === 'none' ? undefined : wipe(station, damage === 'hidden' ? 'position' : 'color');
    const seen = picture();
    const putBack = wipe(station, 'position');
    const without = picture();
    putBack();
    repair?.();
    const { left, right, top, bottom } = rectangle(world.bodies.get(station)!);
    const lights: number[] = [];
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const i = (y * width + x) * 4;
        const change = [0, 1, 2].some((k) => Math.abs(seen[i + k] - without[i + k]) > CHANGED);
        if (change) lights.push(0.2126 * seen[i] + 0.7152 * seen[i + 1] + 0.0722 * seen[i + 2]);
      }
    }
    lights.sort((a, b) => a - b);
    const at = (part: number) => lights[Math.floor(part * (lights.length - 1))] ?? 0;
    const count = Math.max(1, lights.length);
    return {
      station,
      share: lights.length / Math.max(1, (right - left) * (bottom - top)),
      mean: lights.reduce((sum, light) => sum + light, 0) / count,
      range: at(0.9) - at(0.1),
      black: lights.filter((light) => light < BLACK).length / count,
    };
  });
}
