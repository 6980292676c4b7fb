import * as THREE from 'three';
import { LineSegments2 } from 'three/addons/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/addons/lines/LineSegmentsGeometry.js';
import { LineMaterial } from 'three/addons/lines/LineMaterial.js';
import { boxEdges } from './box-edges.ts';

const WIDTH_PX = 2;
const AIR_M = 0.08;

/** A frame around the selected station that shows through what stands before it. */
export interface Selection {
  root: THREE.Object3D;
  around(box: THREE.Box3 | undefined): void;
  setColour(colour: string): void;
  dispose(): void;
}

export function createSelection(): Selection {
  const geometry = new LineSegmentsGeometry().setPositions(boxEdges(1, 1, 1, 0, new THREE.Matrix4()));
  const material = new LineMaterial({ linewidth: WIDTH_PX, depthTest: false, transparent: true, opacity: 0.9 });
  const root = new LineSegments2(geometry, material);
  root.renderOrder = 5;
  root.visible = false;
  return {
    root,
    around(box) {
      root.visible = box !== undefined;
      if (!box) return;
      const grown = box.clone().expandByScalar(AIR_M);
      grown.getCenter(root.position);
      grown.getSize(root.scale);
    },
    setColour(colour) {
      material.color.set(colour);
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}
