import * as THREE from 'three';
import { type SceneState, STATES } from './states.ts';
import type { StationBody } from './world.ts';

/** ISA-101: a shape of its own for what needs attention, a small quiet one for the rest. */
const SHAPES: Record<SceneState, () => THREE.BufferGeometry> = {
  running: () => new THREE.CylinderGeometry(0.056, 0.056, 0.1, 18),
  waiting: () => new THREE.CylinderGeometry(0.056, 0.056, 0.1, 18),
  off: () => new THREE.CylinderGeometry(0.056, 0.056, 0.1, 18),
  warning: () => new THREE.ConeGeometry(0.19, 0.34, 3).rotateY(Math.PI).translate(0, 0.16, 0),
  fault: () => new THREE.OctahedronGeometry(0.21).translate(0, 0.2, 0),
  service: () => new THREE.BoxGeometry(0.24, 0.24, 0.24).translate(0, 0.12, 0),
};

/** The state of each station, on top of its stack light: one draw call for each state that occurs. */
export interface Beacons {
  root: THREE.Group;
  show(states: ReadonlyMap<string, SceneState>): void;
  dispose(): void;
}

export function createBeacons(bodies: ReadonlyMap<string, StationBody>): Beacons {
  const root = new THREE.Group();
  const lamps = new Map<SceneState, THREE.InstancedMesh>();
  for (const [state, { lamp }] of Object.entries(STATES) as [SceneState, (typeof STATES)[SceneState]][]) {
    const material = new THREE.MeshBasicMaterial({ color: lamp, toneMapped: false });
    const mesh = new THREE.InstancedMesh(SHAPES[state](), material, Math.max(1, bodies.size));
    mesh.frustumCulled = false;
    lamps.set(state, mesh);
    root.add(mesh);
  }
  const matrix = new THREE.Matrix4();
  return {
    root,
    show(states) {
      for (const [state, mesh] of lamps) {
        mesh.count = 0;
        for (const { id, lamp } of bodies.values()) {
          if ((states.get(id) ?? 'off') === state) mesh.setMatrixAt(mesh.count++, matrix.setPosition(lamp));
        }
        mesh.visible = mesh.count > 0;
        mesh.instanceMatrix.needsUpdate = true;
      }
    },
    dispose() {
      for (const mesh of lamps.values()) {
        mesh.geometry.dispose();
        (mesh.material as THREE.Material).dispose();
        mesh.dispose();
      }
    },
  };
}
