import * as THREE from 'three';
import type { Shape } from './kit.ts';
import type { Materials } from './materials.ts';
import { type SurfaceMesh, surfaceMeshes } from './meshes.ts';

const UP = new THREE.Vector3(0, 1, 0);
const UNIT = new THREE.Vector3(1, 1, 1);
const GROWTH = 16;

/** Many of one shape, each at its own place: one draw call for each surface of the shape. */
export class Crowd {
  readonly root = new THREE.Group();
  private meshes: THREE.InstancedMesh[] = [];
  private capacity = 0;
  private used = 0;
  private readonly matrix = new THREE.Matrix4();
  private readonly turn = new THREE.Quaternion();
  private readonly tint = new THREE.Color();
  private readonly sources: readonly SurfaceMesh[];

  constructor(
    shape: Shape,
    materials: Materials,
    private readonly castShadow: boolean,
  ) {
    this.sources = surfaceMeshes(shape, materials);
  }

  /** Starts to place anew; makes room for so many. */
  begin(count: number): void {
    this.used = 0;
    if (count <= this.capacity) return;
    for (const mesh of this.meshes) mesh.dispose();
    this.root.clear();
    this.capacity = Math.ceil(count / GROWTH) * GROWTH;
    this.meshes = this.sources.map(({ geometry, material, receiveShadow }) => {
      const mesh = new THREE.InstancedMesh(geometry, material, this.capacity);
      mesh.frustumCulled = false;
      mesh.castShadow = this.castShadow;
      mesh.receiveShadow = receiveShadow;
      return mesh;
    });
    this.root.add(...this.meshes);
  }

  /** Puts the next one at a place, turned about the vertical (radians), tinted, scaled. */
  place(position: THREE.Vector3, turn: number, tint?: string, size = UNIT): void {
    if (this.used >= this.capacity) return;
    this.matrix.compose(position, this.turn.setFromAxisAngle(UP, turn), size);
    for (const mesh of this.meshes) {
      mesh.setMatrixAt(this.used, this.matrix);
      if (tint !== undefined) mesh.setColorAt(this.used, this.tint.set(tint));
    }
    this.used += 1;
  }

  /** All are placed. */
  end(): void {
    for (const mesh of this.meshes) {
      mesh.count = this.used;
      mesh.visible = this.used > 0;
      mesh.instanceMatrix.needsUpdate = true;
      if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true;
    }
  }

  dispose(): void {
    for (const mesh of this.meshes) mesh.dispose();
    for (const { geometry } of this.sources) geometry.dispose();
  }
}
