import * as THREE from 'three';
import type { Shape } from './kit.ts';
import type { Materials } from './materials.ts';

export type SurfaceMesh = THREE.Mesh<THREE.BufferGeometry, THREE.Material>;

/** One mesh for each surface of a shape. Opaque ones cast and take shadows. */
export function surfaceMeshes({ surfaces }: Pick<Shape, 'surfaces'>, materials: Materials): SurfaceMesh[] {
  return [...surfaces].map(([surface, geometry]) => {
    const mesh: SurfaceMesh = new THREE.Mesh(geometry, materials[surface]);
    const isOpaque = surface === 'paint' || surface === 'metal';
    mesh.castShadow = isOpaque;
    mesh.receiveShadow = isOpaque;
    if (surface === 'glass') mesh.renderOrder = 2;
    return mesh;
  });
}

export function meshesOf(shape: Shape, materials: Materials): THREE.Group {
  return new THREE.Group().add(...surfaceMeshes(shape, materials));
}

/** Frees every geometry below; materials are shared and belong to the scene. */
export function disposeGeometries(root: THREE.Object3D): void {
  root.traverse((object) => {
    if (object instanceof THREE.Mesh) (object as SurfaceMesh).geometry.dispose();
  });
}
