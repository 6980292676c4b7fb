import * as THREE from 'three';
import type { Shape } from './kit.ts';
import type { Materials } from './materials.ts';

/** One mesh for each surface of a shape. Opaque ones cast and take shadows. */
export function meshesOf(shape: Shape, materials: Materials): THREE.Group {
  const group = new THREE.Group();
  for (const [surface, geometry] of shape.surfaces) {
    const mesh = new THREE.Mesh(geometry, materials[surface]);
    const isOpaque = surface === 'paint' || surface === 'metal';
    mesh.castShadow = isOpaque;
    mesh.receiveShadow = isOpaque;
    if (surface === 'glass') mesh.renderOrder = 2;
    group.add(mesh);
  }
  return group;
}

/** Frees every geometry below; materials are shared and belong to the scene. */
export function disposeGeometries(root: THREE.Object3D): void {
  root.traverse((object) => {
    if (object instanceof THREE.Mesh || object instanceof THREE.LineSegments) object.geometry.dispose();
    if (object instanceof THREE.InstancedMesh) object.dispose();
  });
}
