import * as THREE from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { QualitySettings } from './quality.ts';
import { WebGlMissing } from './webgl.ts';

/** Renderer, camera and the handling of mouse and fingers. */
export interface Stage {
  renderer: THREE.WebGLRenderer;
  scene: THREE.Scene;
  camera: THREE.PerspectiveCamera;
  controls: OrbitControls;
  resize(width: number, height: number): void;
  dispose(): void;
}

const FOV_WIDE = 27;
const FOV_TALL = 38;

/** Throws WebGlMissing. */
export function createStage(host: HTMLElement, settings: QualitySettings): Stage {
  const renderer = createRenderer(settings);
  const { domElement: canvas } = renderer;
  canvas.setAttribute('aria-hidden', 'true');
  host.prepend(canvas);
  const camera = new THREE.PerspectiveCamera(FOV_WIDE);
  const controls = new OrbitControls(camera, canvas);
  controls.addEventListener('change', () => clip(camera, controls.getDistance()));
  controls.minDistance = 4;
  controls.maxDistance = 80;
  controls.maxPolarAngle = 1.45;
  controls.enableDamping = false;
  // A finger that moves up or down scrolls the page; sideways it turns the cell.
  canvas.style.touchAction = 'pan-y';
  return {
    renderer,
    scene: new THREE.Scene(),
    camera,
    controls,
    resize(width, height) {
      const { maxPixelRatio, maxPixels } = settings;
      renderer.setPixelRatio(Math.min(devicePixelRatio, maxPixelRatio, Math.sqrt(maxPixels / (width * height))));
      renderer.setSize(width, height);
      camera.aspect = width / height;
      camera.fov = camera.aspect < 1.1 ? FOV_TALL : FOV_WIDE;
      camera.updateProjectionMatrix();
    },
    dispose() {
      controls.dispose();
      renderer.dispose();
      renderer.forceContextLoss();
      canvas.remove();
    },
  };
}

/** Keeps the depth range as short as the distance allows, so that thin layers on the floor do not fight. */
function clip(camera: THREE.PerspectiveCamera, distance: number): void {
  camera.near = distance * 0.12;
  camera.far = distance * 3 + 40;
  camera.updateProjectionMatrix();
}

function createRenderer({ antialias, shadows }: QualitySettings): THREE.WebGLRenderer {
  let renderer: THREE.WebGLRenderer;
  try {
    renderer = new THREE.WebGLRenderer({ antialias, powerPreference: 'low-power' });
  } catch (cause) {
    throw new WebGlMissing({ cause });
  }
  renderer.toneMapping = THREE.NeutralToneMapping;
  renderer.shadowMap.enabled = shadows !== 'none';
  renderer.shadowMap.type = THREE.PCFShadowMap;
  renderer.shadowMap.autoUpdate = shadows === 'live';
  renderer.shadowMap.needsUpdate = true;
  return renderer;
}
