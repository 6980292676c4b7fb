import * as THREE from 'three';

/** Every surface is one of four materials; its colour is in its vertices. So a whole line is a handful of draw calls. */
export type Surface = 'paint' | 'metal' | 'glass' | 'glow';
export type Materials = Record<Surface, THREE.Material>;

const GLASS = '#a9c6d0';

/** Physical shading needs an environment map; where there is none (software GL) plain Lambert looks as good. */
export function createMaterials(shading: 'physical' | 'lambert'): Materials {
  const glow = new THREE.MeshBasicMaterial({ vertexColors: true, toneMapped: false });
  const glass = { color: GLASS, transparent: true, opacity: 0.26, depthWrite: false };
  if (shading === 'lambert') {
    return {
      paint: new THREE.MeshLambertMaterial({ vertexColors: true }),
      metal: new THREE.MeshLambertMaterial({ vertexColors: true }),
      glass: new THREE.MeshLambertMaterial(glass),
      glow,
    };
  }
  return {
    paint: new THREE.MeshStandardMaterial({ vertexColors: true, roughness: 0.52, envMapIntensity: 0.9 }),
    metal: new THREE.MeshStandardMaterial({
      vertexColors: true,
      roughness: 0.34,
      metalness: 0.8,
      envMapIntensity: 1.2,
    }),
    glass: new THREE.MeshStandardMaterial({ ...glass, roughness: 0.08, envMapIntensity: 1.6 }),
    glow,
  };
}

export function disposeMaterials(materials: Materials): void {
  for (const material of Object.values(materials)) material.dispose();
}
