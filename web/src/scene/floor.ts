import * as THREE from 'three';
import { paintFloor } from './floor-plan.ts';
import type { Layout } from './layout.ts';
import type { ThemeColours } from './palette.ts';
import type { QualitySettings } from './quality.ts';
import { type Slab, slabOf, slabSize } from './slab.ts';
import { shadowMaterial, shadowPlane, softShadowTexture } from './soft-shadow.ts';

const CORNER_M = 0.8;
const THICK_M = 0.34;
const TEXTURE_PX = 2048;

/** A slab with rounded corners that the cell stands on, painted as a floor plan, over its own soft shadow. */
export interface Floor {
  root: THREE.Group;
  slab: Slab;
  paint(colours: ThemeColours): void;
  dispose(): void;
}

export function createFloor(layout: Layout, { shading, anisotropy }: QualitySettings): Floor {
  const slab = slabOf(layout);
  const { width, depth, x, z } = slabSize(slab);
  const canvas = document.createElement('canvas');
  const texture = new THREE.CanvasTexture(canvas);
  texture.colorSpace = THREE.SRGBColorSpace;
  texture.anisotropy = anisotropy;
  const outline = roundedRectangle(width, depth, CORNER_M);
  const top = new THREE.Mesh(
    topGeometry(outline, width, depth),
    shading === 'lambert'
      ? new THREE.MeshLambertMaterial({ map: texture })
      : new THREE.MeshStandardMaterial({ map: texture, roughness: 0.62, envMapIntensity: 0.6 }),
  );
  top.receiveShadow = true;
  const sideMaterial = new THREE.MeshLambertMaterial();
  const side = new THREE.Mesh(sideGeometry(outline), sideMaterial);
  const blur = softShadowTexture(0.7);
  const dropMaterial = shadowMaterial(blur, 1);
  const drop = new THREE.Mesh(shadowPlane(), dropMaterial);
  drop.scale.set(width * 1.3, 1, depth * 1.5);
  drop.position.y = -THICK_M - 0.06;
  drop.renderOrder = -5;
  const root = new THREE.Group().add(top, side, drop);
  root.position.set(x, 0, z);
  return {
    root,
    slab,
    paint(colours) {
      paintFloor(canvas, slab, layout, colours, TEXTURE_PX / width);
      texture.needsUpdate = true;
      sideMaterial.color.set(colours.slab);
      dropMaterial.opacity = colours.drop;
    },
    dispose() {
      for (const mesh of [top, side, drop]) {
        mesh.geometry.dispose();
        mesh.material.dispose();
      }
      texture.dispose();
      blur.dispose();
    },
  };
}

function roundedRectangle(w: number, h: number, r: number): THREE.Shape {
  const [x, y] = [w / 2, h / 2];
  const shape = new THREE.Shape().moveTo(r - x, -y).lineTo(x - r, -y);
  shape.absarc(x - r, r - y, r, -Math.PI / 2, 0).lineTo(x, y - r);
  shape.absarc(x - r, y - r, r, 0, Math.PI / 2).lineTo(r - x, y);
  shape.absarc(r - x, y - r, r, Math.PI / 2, Math.PI).lineTo(-x, r - y);
  return shape.absarc(r - x, r - y, r, Math.PI, 1.5 * Math.PI);
}

function topGeometry(outline: THREE.Shape, width: number, depth: number): THREE.BufferGeometry {
  const geometry = new THREE.ShapeGeometry(outline, 10);
  const position = geometry.getAttribute('position');
  const uv = geometry.getAttribute('uv');
  for (let i = 0; i < uv.count; i++) uv.setXY(i, position.getX(i) / width + 0.5, position.getY(i) / depth + 0.5);
  return geometry.rotateX(-Math.PI / 2);
}

function sideGeometry(outline: THREE.Shape): THREE.BufferGeometry {
  const geometry = new THREE.ExtrudeGeometry(outline, { depth: THICK_M, bevelEnabled: false, curveSegments: 10 });
  return geometry.rotateX(Math.PI / 2).translate(0, -0.002, 0);
}
