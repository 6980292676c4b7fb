import * as THREE from 'three';
import { RoomEnvironment } from 'three/addons/environments/RoomEnvironment.js';
import type { ThemeColours } from './palette.ts';
import type { QualitySettings } from './quality.ts';
import { type Slab, slabSize } from './slab.ts';

/** Without an environment map the sky has to light what the sun does not. */
const SKY_WITHOUT_ENVIRONMENT = 1.9;

export interface Lights {
  sun: THREE.DirectionalLight;
  setColours(colours: ThemeColours): void;
  dispose(): void;
}

/** A warm sun from the upper left that casts the shadows, a cool fill from behind, and light from all around. */
export function addLights(
  scene: THREE.Scene,
  renderer: THREE.WebGLRenderer,
  { environmentPx, shadows, shadowMapPx }: QualitySettings,
  slab: Slab,
): Lights {
  const { x, z, width, depth } = slabSize(slab);
  const sun = new THREE.DirectionalLight('#fff6ea');
  sun.position.set(x - 8, 15, z + 9);
  sun.target.position.set(x, 0, z);
  const fill = new THREE.DirectionalLight('#dce9ff');
  fill.position.set(x + 12, 8, z - 10);
  const sky = new THREE.HemisphereLight('#ffffff', '#7c8792');
  scene.add(sun, sun.target, fill, sky);
  if (shadows !== 'none') castShadows(sun, Math.hypot(width, depth) / 2 + 1, shadowMapPx);
  const environment = environmentPx > 0 ? roomLight(renderer, environmentPx) : undefined;
  if (environment) scene.environment = environment.texture;
  return {
    sun,
    setColours(colours) {
      sun.intensity = colours.sun;
      fill.intensity = colours.fill;
      sky.intensity = environment ? colours.sky : SKY_WITHOUT_ENVIRONMENT * (colours.environment / 0.5);
      scene.environmentIntensity = colours.environment;
    },
    dispose() {
      environment?.dispose();
      sun.dispose();
    },
  };
}

function castShadows(sun: THREE.DirectionalLight, reach: number, mapPx: number): void {
  sun.castShadow = true;
  const { shadow } = sun;
  shadow.mapSize.setScalar(mapPx);
  Object.assign(shadow.camera, {
    left: -reach,
    right: reach,
    top: reach * 0.72,
    bottom: -reach * 0.72,
    near: 2,
    far: 45,
  });
  shadow.bias = -0.0004;
  shadow.normalBias = 0.03;
  shadow.radius = 4;
  shadow.intensity = 0.9;
}

function roomLight(renderer: THREE.WebGLRenderer, size: number): THREE.WebGLRenderTarget {
  const generator = new THREE.PMREMGenerator(renderer);
  const room = new RoomEnvironment();
  const target = generator.fromScene(room, 0.04, 0.1, 100, { size });
  room.dispose();
  generator.dispose();
  return target;
}
