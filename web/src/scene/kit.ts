import * as THREE from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { boxEdges } from './box-edges.ts';
import type { Surface } from './materials.ts';

export interface Look {
  on?: Surface;
  /** Radius of rounded edges (m) and how finely they are cut. Boxes longer than 0.3 m are a little round by default. */
  round?: number;
  segments?: number;
  /** Rotation about the axes, in radians. */
  rx?: number;
  ry?: number;
  rz?: number;
  /** Draw its edges as fine lines where quality is low. By default for boxes longer than 0.3 m. */
  edges?: boolean;
}

/** A shape put together so far: merged geometry for each surface, and fine edge lines. */
export interface Shape {
  surfaces: Map<Surface, THREE.BufferGeometry>;
  edges: number[];
}

const LARGE_M = 0.3;
/** Surfaces near the floor get less light from around: a cheap grounding, baked into vertex colours. */
const GROUNDING_M = 0.5;

/**
 * Collects primitives and merges them by surface. Sizes and positions are metres in the current frame; a box, cylinder
 * or ball is placed by its centre. Colours are `#rrggbb`.
 */
export class Kit {
  private readonly parts = new Map<Surface, THREE.BufferGeometry[]>();
  private readonly edges: number[] = [];
  private readonly frames = [new THREE.Matrix4()];
  /** Where the state lamp sits, in the outermost frame; set by `stackLight`. */
  lamp: THREE.Vector3 | undefined;

  /** Plain shapes have sharp edges and few sides, for who draws without a graphics card. */
  constructor(private readonly detail: 'fine' | 'plain' = 'fine') {}

  get frame(): THREE.Matrix4 {
    return this.frames[this.frames.length - 1] ?? new THREE.Matrix4();
  }

  /** Draws `content` in a frame moved to (x, y, z) and turned by `turn` about the vertical. */
  within(x: number, y: number, z: number, turn: number, content: () => void): this {
    const frame = new THREE.Matrix4().makeRotationY(turn).setPosition(x, y, z).premultiply(this.frame);
    this.frames.push(frame);
    content();
    this.frames.pop();
    return this;
  }

  box(w: number, h: number, d: number, x: number, y: number, z: number, colour: string, look: Look = {}): this {
    const isLarge = Math.max(w, h, d) > LARGE_M;
    const wished = this.detail === 'plain' ? 0 : (look.round ?? (isLarge ? 0.025 : 0));
    const round = Math.min(wished, w / 2.01, h / 2.01, d / 2.01);
    const geometry =
      round > 0.002 ? new RoundedBoxGeometry(w, h, d, look.segments ?? 1, round) : new THREE.BoxGeometry(w, h, d);
    const placed = this.placed(x, y, z, look);
    if ((look.edges ?? isLarge) && look.on !== 'glow') this.edges.push(...boxEdges(w, h, d, round, placed));
    return this.add(geometry, placed, colour, look.on);
  }

  /** Upright unless rotated; `top` is the upper radius of a cone. */
  cylinder(
    radius: number,
    h: number,
    x: number,
    y: number,
    z: number,
    colour: string,
    look: Look & { top?: number } = {},
  ): this {
    const geometry = new THREE.CylinderGeometry(look.top ?? radius, radius, h, this.sides(look.segments ?? 20));
    return this.add(geometry, this.placed(x, y, z, look), colour, look.on);
  }

  ring(radius: number, tube: number, x: number, y: number, z: number, colour: string, look: Look = {}): this {
    const geometry = new THREE.TorusGeometry(radius, tube, this.sides(10), this.sides(look.segments ?? 32));
    return this.add(geometry, this.placed(x, y, z, look), colour, look.on);
  }

  /** Takes any indexed or plain geometry with position and normal. */
  geometry(geometry: THREE.BufferGeometry, colour: string, on?: Surface): this {
    return this.add(geometry, this.frame, colour, on);
  }

  /** Three neutral lenses on a pole. The live state is a beacon drawn over the topmost. */
  stackLight(x: number, y: number, z: number): this {
    this.cylinder(0.05, 0.03, x, y + 0.015, z, '#39434e');
    this.cylinder(0.025, 0.34, x, y + 0.17, z, '#c3c9cf', { on: 'metal' });
    ['#8d959d', '#a3abb2'].forEach((lens, i) => this.cylinder(0.052, 0.085, x, y + 0.36 + i * 0.092, z, lens));
    this.lamp = new THREE.Vector3(x, y + 0.56, z).applyMatrix4(this.frame);
    return this;
  }

  build(): Shape {
    const surfaces = new Map<Surface, THREE.BufferGeometry>();
    for (const [surface, parts] of this.parts) {
      surfaces.set(surface, mergeGeometries(parts));
      for (const part of parts) part.dispose();
    }
    return { surfaces, edges: this.edges };
  }

  private sides(fine: number): number {
    return this.detail === 'plain' ? Math.max(6, Math.ceil(fine * 0.45)) : fine;
  }

  private placed(x: number, y: number, z: number, { rx = 0, ry = 0, rz = 0 }: Look): THREE.Matrix4 {
    return new THREE.Matrix4()
      .makeRotationFromEuler(new THREE.Euler(rx, ry, rz))
      .setPosition(x, y, z)
      .premultiply(this.frame);
  }

  private add(source: THREE.BufferGeometry, placed: THREE.Matrix4, colour: string, on: Surface = 'paint'): this {
    const geometry = source.index ? source.toNonIndexed() : source;
    if (geometry !== source) source.dispose();
    geometry.deleteAttribute('uv');
    geometry.applyMatrix4(placed);
    geometry.setAttribute('color', tint(geometry, colour, on !== 'glow' && on !== 'glass'));
    const list = this.parts.get(on);
    if (list) list.push(geometry);
    else this.parts.set(on, [geometry]);
    return this;
  }
}

function tint(geometry: THREE.BufferGeometry, colour: string, grounded: boolean): THREE.BufferAttribute {
  const position = geometry.getAttribute('position');
  const { r, g, b } = new THREE.Color(colour);
  const colours = new Float32Array(position.count * 3);
  for (let i = 0; i < position.count; i++) {
    const height = Math.min(1, Math.max(0, position.getY(i) / GROUNDING_M));
    const light = grounded ? 0.8 + 0.2 * height : 1;
    colours[i * 3] = r * light;
    colours[i * 3 + 1] = g * light;
    colours[i * 3 + 2] = b * light;
  }
  return new THREE.BufferAttribute(colours, 3);
}
