import * as THREE from 'three';
import type { Layout } from './layout.ts';
import { radians } from './layout.ts';
import type { Materials, Surface } from './materials.ts';
import { surfaceMeshes } from './meshes.ts';
import type { ThemeColours } from './palette.ts';
import { shadowMaterial, shadowPlane, softShadowTexture } from './soft-shadow.ts';
import { type World, stationAt } from './world.ts';

/** All that stands still: machines and belts, their edge lines and the soft shadow below each station. */
export interface StillLife {
  root: THREE.Group;
  /** The station a ray hits first. */
  pick(ray: THREE.Raycaster): string | null;
  setColours(colours: ThemeColours): void;
  dispose(): void;
}

export function createStillLife(world: World, layout: Layout, materials: Materials): StillLife {
  const meshes = surfaceMeshes(world, materials);
  const surfaceOf = new Map<THREE.Object3D, Surface>(
    [...world.surfaces.keys()].map((surface, i) => [meshes[i], surface]),
  );
  const lineMaterial = new THREE.LineBasicMaterial({ transparent: true });
  const lines = new THREE.LineSegments(world.edges, lineMaterial);
  lines.renderOrder = 1;
  const blur = softShadowTexture(0.62);
  const contactMaterial = shadowMaterial(blur, 1);
  const contact = contactShadows(layout, contactMaterial);
  return {
    root: new THREE.Group().add(...meshes, lines, contact),
    pick(ray) {
      for (const { object, face } of ray.intersectObjects(meshes)) {
        const surface = surfaceOf.get(object);
        const station = surface && face && stationAt(world, surface, face.a);
        if (station) return station;
      }
      return null;
    },
    setColours(colours) {
      lineMaterial.color.set(colours.edge);
      lineMaterial.opacity = colours.edgeOpacity;
      contactMaterial.opacity = colours.contact;
    },
    dispose() {
      for (const geometry of world.surfaces.values()) geometry.dispose();
      world.edges.dispose();
      lineMaterial.dispose();
      contact.geometry.dispose();
      contact.dispose();
      contactMaterial.dispose();
      blur.dispose();
    },
  };
}

function contactShadows({ stations }: Layout, material: THREE.Material): THREE.InstancedMesh {
  const standing = stations.filter(({ type }) => type !== 'loop-conveyor');
  const contact = new THREE.InstancedMesh(shadowPlane(), material, Math.max(1, standing.length));
  contact.count = standing.length;
  contact.renderOrder = -1;
  const matrix = new THREE.Matrix4();
  const size = new THREE.Vector3();
  standing.forEach(({ at, size: footprint = { w: 2, d: 2 } }, i) => {
    size.set(footprint.w * 1.5, 1, footprint.d * 1.55);
    contact.setMatrixAt(i, matrix.makeRotationY(radians(at.turn)).scale(size).setPosition(at.x, 0.012, at.z));
  });
  return contact;
}
