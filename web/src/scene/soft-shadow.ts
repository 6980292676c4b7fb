import * as THREE from 'three';

const SIZE_PX = 64;

/**
 * A dark rectangle with soft borders, for planes that lie below things as their contact shadow. `core` is the share of
 * the plane that the thing itself covers; from there the shadow fades to nothing at the border.
 */
export function softShadowTexture(core: number): THREE.DataTexture {
  const pixels = new Uint8Array(SIZE_PX * SIZE_PX * 4);
  for (let j = 0; j < SIZE_PX; j++) {
    for (let i = 0; i < SIZE_PX; i++) {
      const alpha = fade(i, core) * fade(j, core);
      pixels.set([10, 16, 24, Math.round(255 * alpha)], (j * SIZE_PX + i) * 4);
    }
  }
  const texture = new THREE.DataTexture(pixels, SIZE_PX, SIZE_PX);
  texture.magFilter = THREE.LinearFilter;
  texture.minFilter = THREE.LinearFilter;
  texture.colorSpace = THREE.SRGBColorSpace;
  texture.needsUpdate = true;
  return texture;
}

/** 1 in the middle, 0 at the borders, smooth around the rim of the core. */
function fade(pixel: number, core: number): number {
  const fromMiddle = Math.abs((pixel + 0.5) / SIZE_PX - 0.5) * 2;
  const share = Math.min(1, Math.max(0, (1 - fromMiddle) / (2 * (1 - core))));
  return share * share * (3 - 2 * share);
}

/** A flat patch of shadow; scaled by whoever places it. */
export function shadowPlane(): THREE.PlaneGeometry {
  return new THREE.PlaneGeometry(1, 1).rotateX(-Math.PI / 2);
}

export function shadowMaterial(texture: THREE.Texture, opacity: number): THREE.MeshBasicMaterial {
  return new THREE.MeshBasicMaterial({
    map: texture,
    transparent: true,
    depthWrite: false,
    opacity,
    toneMapped: false,
    polygonOffset: true,
    polygonOffsetFactor: -2,
    polygonOffsetUnits: -4,
  });
}
