import type { CellView, MotionSegment } from '#contract/cell-view.ts';
import type { ClockState } from '#contract/clock.ts';
import type { Language } from '#contract/text.ts';
import * as THREE from 'three';
import { type Beacons, createBeacons } from './beacons.ts';
import { CLOSE_UP, fitCamera, overviewDirection } from './camera-fit.ts';
import { Cycles } from './cycles.ts';
import { type Floor, createFloor } from './floor.ts';
import { type FrameLoop, createFrameLoop } from './frame-loop.ts';
import { type Labels, createLabels } from './labels.ts';
import { type Layout, layoutOf } from './layout.ts';
import { type Lights, addLights } from './lights.ts';
import { type LiveProps, createLiveProps, watchedSignals } from './live-props.ts';
import { type Materials, createMaterials, disposeMaterials } from './materials.ts';
import { type Movers, createMovers } from './movers.ts';
import { THEMES, type Theme } from './palette.ts';
import { createPlayback } from './playback.ts';
import { QUALITY, type Quality, type QualitySettings } from './quality.ts';
import './scene.css';
import { type SafetyRings, createSafetyRings } from './safety-rings.ts';
import { type Selection, createSelection } from './selection.ts';
import { type Stage, createStage } from './stage.ts';
import type { SceneState } from './states.ts';
import { type StillLife, createStillLife } from './still-life.ts';
import { isSoftwareRenderer, probeWebGl } from './webgl.ts';
import { type World, buildWorld } from './world.ts';

export interface SceneOptions {
  view: CellView;
  theme: Theme;
  /** Lowered to `low` where the browser draws without a graphics card. */
  quality: Quality;
  reducedMotion: boolean;
  language: Language;
  onSelect: (station: string | null) => void;
  /** The server's wall time, ms since 1970. The browser's own by default. */
  serverMs?: () => number;
  /** Keeps the asked quality even without a graphics card. */
  insistOnQuality?: boolean;
}

export interface SceneStats {
  /** Frames drawn since the beginning. */
  frames: number;
  drawCalls: number;
  triangles: number;
  quality: Quality;
  rendererName: string;
}

const REDUCED_MOTION_MS = 500;
const CLICK_SLACK_PX = 4;

/** The line in 3D, drawn into `host`. It knows no network: definition, motion, clock and states are given to it. */
export class CellScene {
  private readonly layout: Layout;
  /** Vehicles by the path of the signal of their battery. */
  private readonly batteries: ReadonlyMap<string, string>;
  private readonly stage: Stage;
  private readonly materials: Materials;
  private readonly floor: Floor;
  private readonly lights: Lights;
  private readonly world: World;
  private readonly stillLife: StillLife;
  private readonly movers: Movers;
  private readonly beacons: Beacons;
  private readonly props: LiveProps;
  private readonly rings: SafetyRings;
  private readonly labels: Labels;
  private readonly selection: Selection;
  private readonly loop: FrameLoop;
  private readonly resizing: ResizeObserver;
  private readonly settings: QualitySettings;
  private readonly quality: Quality;
  private readonly rendererName: string;
  private readonly playback = createPlayback();
  private readonly states = new Map<string, SceneState>();
  private readonly cycles = new Cycles();
  private readonly values = new Map<string, number>();
  private arePropsStale = true;
  private readonly aborting = new AbortController();
  private readonly serverMs: () => number;
  /** Of the host, in CSS pixels. */
  private width = 0;
  private height = 0;
  private frames = 0;
  private drawCalls = 0;
  private triangles = 0;
  private hasUserView = false;

  /** Throws WebGlMissing where there is no WebGL 2. */
  constructor(
    private readonly host: HTMLElement,
    private readonly options: SceneOptions,
  ) {
    this.rendererName = probeWebGl().rendererName;
    const isSlow = isSoftwareRenderer(this.rendererName) && !options.insistOnQuality;
    this.quality = isSlow ? 'low' : options.quality;
    this.settings = QUALITY[this.quality];
    this.serverMs = options.serverMs ?? Date.now;
    this.layout = layoutOf(options.view);
    this.batteries = batteriesOf(options.view);
    this.stage = createStage(host, this.settings);
    host.classList.add('scene-host');
    const { renderer, scene, controls } = this.stage;
    this.materials = createMaterials(this.settings.shading);
    this.floor = createFloor(this.layout, this.settings);
    this.lights = addLights(scene, renderer, this.settings, this.floor.slab);
    this.world = buildWorld(this.layout, this.settings.detail);
    this.stillLife = createStillLife(this.world, this.layout, this.materials);
    this.movers = createMovers(this.layout, this.materials, this.settings);
    this.props = createLiveProps(this.layout, this.materials, this.settings);
    this.rings = createSafetyRings(this.layout);
    this.beacons = createBeacons(this.world.bodies);
    this.selection = createSelection();
    this.labels = createLabels(host, this.layout.stations, this.world.bodies, options.language, options.onSelect);
    const { floor, rings, stillLife, movers, props, beacons, selection } = this;
    for (const { root } of [floor, rings, stillLife, movers, props, beacons, selection]) scene.add(root);
    const intervalMs = options.reducedMotion ? REDUCED_MOTION_MS : 1000 / this.settings.maxFps;
    this.loop = createFrameLoop(host, { intervalMs }, this.draw, this.nextFrameMs);
    this.resizing = new ResizeObserver(() => this.resize());
    this.resizing.observe(host);
    controls.addEventListener('start', () => (this.hasUserView = true));
    controls.addEventListener('change', () => this.loop.invalidate());
    this.listenForClicks();
    this.setTheme(options.theme);
    this.beacons.show(this.states);
    this.resize();
    // The floor carries text: paint it again when its font has come.
    void document.fonts.ready.then(() => this.aborting.signal.aborted || this.setTheme(this.options.theme));
  }

  get stats(): SceneStats {
    const { frames, drawCalls, triangles, quality, rendererName } = this;
    return { frames, drawCalls, triangles, quality, rendererName };
  }

  /** Paths of the signals that show in the picture, if the cell has them. */
  get watched(): readonly string[] {
    const known = new Set(this.options.view.signals.map(({ path }) => path));
    return [...watchedSignals(this.layout), ...this.batteries.keys()].filter((path) => known.has(path));
  }

  /** A watched signal has this value since plant time `tUs`. */
  setSignal(path: string, value: number, tUs: number): void {
    const dot = path.indexOf('.');
    const [station, name] = [path.slice(0, dot), path.slice(dot + 1)];
    if (name === 'Cycle.Progress') this.setMotion([this.cycles.segment(station, { tUs, progress: value / 100 })]);
    if (this.values.get(path) === value) return;
    this.values.set(path, value);
    this.arePropsStale = true;
    this.movers.show(station, name, value);
    if (name === 'Safety.Zone') this.rings.show(station, value);
    const vehicle = this.batteries.get(path);
    if (vehicle !== undefined) this.movers.charge(vehicle, value / 100);
    this.loop.news();
  }

  /** Adds what is new about who moves where. Earlier segments stay known for as long as the picture lags. */
  setMotion(segments: readonly MotionSegment[]): void {
    this.playback.setMotion(segments, this.serverMs());
    this.loop.news();
  }

  setClock(clock: ClockState): void {
    this.playback.setClock(clock);
    this.loop.news();
  }

  /** A station of which nothing is known looks as one that is off. */
  setState(station: string, state: SceneState = 'off'): void {
    if (this.states.get(station) === state) return;
    this.states.set(station, state);
    this.labels.setState(station, state);
    this.beacons.show(this.states);
    this.loop.news();
  }

  select(station: string | null): void {
    this.labels.select(station);
    this.selection.around(station === null ? undefined : this.world.bodies.get(station)?.box);
    this.loop.invalidate();
  }

  /** Frames the whole cell, or one station. */
  fit(station?: string): void {
    const body = station === undefined ? undefined : this.world.bodies.get(station);
    this.hasUserView = body !== undefined;
    const { camera, controls } = this.stage;
    const direction = body ? CLOSE_UP : overviewDirection(camera.aspect);
    const points = body ? corners(body.box.clone().expandByScalar(0.7)) : this.outline();
    const { position, target } = fitCamera(points, direction, camera);
    camera.position.copy(position);
    controls.target.copy(target);
    controls.update();
    this.loop.invalidate();
  }

  setTheme(theme: Theme): void {
    this.options.theme = theme;
    const colours = THEMES[theme];
    const { scene, renderer } = this.stage;
    scene.background = new THREE.Color(colours.background);
    renderer.toneMappingExposure = colours.exposure;
    this.floor.paint(colours);
    this.lights.setColours(colours);
    this.stillLife.setColours(colours);
    this.rings.setColours(colours);
    this.selection.setColour(colours.accent);
    this.loop.invalidate();
  }

  setLanguage(language: Language): void {
    this.labels.setLanguage(language);
    this.loop.invalidate();
  }

  resize(): void {
    const { clientWidth, clientHeight } = this.host;
    if (clientWidth === 0 || clientHeight === 0) return;
    [this.width, this.height] = [clientWidth, clientHeight];
    this.stage.resize(clientWidth, clientHeight);
    this.labels.measureAnew();
    if (!this.hasUserView) this.fit();
    this.loop.invalidate();
  }

  dispose(): void {
    this.aborting.abort();
    this.resizing.disconnect();
    const { loop, labels, movers, stillLife, props, rings, beacons, selection, floor, lights, stage } = this;
    for (const part of [loop, labels, movers, stillLife, props, rings, beacons, selection, floor, lights])
      part.dispose();
    disposeMaterials(this.materials);
    stage.dispose();
    this.host.classList.remove('scene-host');
  }

  private readonly draw = (): void => {
    const { renderer, scene, camera } = this.stage;
    this.movers.pose(this.playback.tracks, this.playback.timeUs(this.serverMs()) ?? 0);
    if (this.arePropsStale) this.props.show((path) => this.values.get(path));
    this.arePropsStale = false;
    renderer.render(scene, camera);
    this.labels.place(camera, this.width, this.height);
    this.frames += 1;
    if (this.frames === 1) performance.mark('scene-drawn');
    this.drawCalls = renderer.info.render.calls;
    this.triangles = renderer.info.render.triangles;
  };

  private readonly nextFrameMs = (): number => this.playback.stillForMs(this.serverMs());

  private listenForClicks(): void {
    const { domElement: canvas } = this.stage.renderer;
    const { signal } = this.aborting;
    let [downX, downY] = [0, 0];
    canvas.addEventListener('pointerdown', (event) => ([downX, downY] = [event.clientX, event.clientY]), { signal });
    canvas.addEventListener(
      'click',
      (event) => {
        const isDrag = Math.hypot(event.clientX - downX, event.clientY - downY) > CLICK_SLACK_PX;
        if (!isDrag) this.options.onSelect(this.pick(event));
      },
      { signal },
    );
  }

  private pick({ clientX, clientY }: MouseEvent): string | null {
    const { left, top, width, height } = this.stage.renderer.domElement.getBoundingClientRect();
    const ray = new THREE.Raycaster();
    const point = new THREE.Vector2(((clientX - left) / width) * 2 - 1, 1 - ((clientY - top) / height) * 2);
    ray.setFromCamera(point, this.stage.camera);
    return this.stillLife.pick(ray);
  }

  /** Corners of the slab, and of all stations, which may stick out of the picture above it. */
  private outline(): THREE.Vector3[] {
    const { x0, x1, z0, z1 } = this.floor.slab;
    const slab = new THREE.Box3(new THREE.Vector3(x0, -0.34, z0), new THREE.Vector3(x1, 0, z1));
    return [slab, ...[...this.world.bodies.values()].map(({ box }) => box)].flatMap(corners);
  }
}

/** `ST11.Agv1.Battery` is that of the vehicle that moves as AGV1. */
function batteriesOf({ signals }: CellView): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { path } of signals) {
    const vehicle = /\.(Agv\d+)\.Battery$/.exec(path)?.[1];
    if (vehicle !== undefined) found.set(path, vehicle.toUpperCase());
  }
  return found;
}

function corners({ min, max }: THREE.Box3): THREE.Vector3[] {
  return [min.x, max.x].flatMap((x) =>
    [min.y, max.y].flatMap((y) => [min.z, max.z].map((z) => new THREE.Vector3(x, y, z))),
  );
}
