import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '#web/ui/tokens.css';
import { CellScene, type SceneOptions } from '#web/scene/cell-scene.ts';
import './scene-page.css';
import { type Damage, type StationPicture, stationPictures } from './station-pictures.ts';

/** Lets a test in Node drive a scene in the browser. */
export interface ScenePage {
  scene: CellScene | undefined;
  selected: (string | null)[];
  open(options: Omit<SceneOptions, 'onSelect'>): CellScene;
  /** Once the browser has had so many chances to draw. */
  afterFrames(count: number): Promise<void>;
  /** What each of these stations gives to the picture of the open scene. */
  pictures(stations: readonly string[], damage?: Damage): StationPicture[];
}

declare global {
  interface Window {
    scenePage: ScenePage;
  }
}

window.scenePage = {
  scene: undefined,
  selected: [],
  open(options) {
    const host = document.getElementById('host');
    if (!host) throw new Error('The page has no host.');
    document.documentElement.dataset['theme'] = options.theme;
    this.scene?.dispose();
    this.scene = new CellScene(host, { ...options, onSelect: (station) => this.selected.push(station) });
    return this.scene;
  },
  async afterFrames(count) {
    for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
  },
  pictures(stations, damage) {
    if (!this.scene) throw new Error('No scene is open.');
    return stationPictures(this.scene, stations, damage);
  },
};
