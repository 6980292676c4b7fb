import type { Language } from '#contract/text.ts';
import { type Camera, Vector3 } from 'three';
import { stateGlyph, stemLayer } from './glyph.ts';
import { type Anchor, layOutLabels } from './label-layout.ts';
import type { PlacedStation } from './layout.ts';
import { type SceneState, STATES } from './states.ts';
import type { StationBody } from './world.ts';

interface Label {
  station: PlacedStation;
  button: HTMLButtonElement;
  name: HTMLSpanElement;
  word: HTMLSpanElement;
  state: SceneState;
  size: { w: number; h: number } | undefined;
}

/** A button above each station: glyph of its state, id, and its name and state when it is looked at or abnormal. */
export interface Labels {
  setState(station: string, state: SceneState): void;
  select(station: string | null): void;
  setLanguage(language: Language): void;
  /** The host has another size: what a label shows, and so its size, may be different. */
  measureAnew(): void;
  /** Follows the camera. */
  place(camera: Camera, width: number, height: number): void;
  dispose(): void;
}

const LIFT_PX = 1;

export function createLabels(
  host: HTMLElement,
  stations: readonly PlacedStation[],
  bodies: ReadonlyMap<string, StationBody>,
  initialLanguage: Language,
  onSelect: (station: string) => void,
): Labels {
  let language = initialLanguage;
  let selected: string | null = null;
  /** The view for which the labels were placed last; nothing once one of them has changed. */
  let placedFor = '';
  const { svg, path } = stemLayer();
  host.append(svg);
  const labels = new Map(stations.map((station) => [station.id, createLabel(station, onSelect)]));
  for (const label of labels.values()) {
    host.append(label.button);
    refresh(label);
  }

  function refresh(label: Label): void {
    const { station, button, state } = label;
    const { word, isAbnormal } = STATES[state];
    const title = station.title[language];
    button.setAttribute('aria-label', `${station.id} ${title}, ${word[language]}`);
    button.setAttribute('aria-pressed', String(selected === station.id));
    button.dataset['state'] = state;
    button.classList.toggle('is-abnormal', isAbnormal);
    button.classList.toggle('is-selected', selected === station.id);
    button.querySelector('svg')?.replaceWith(stateGlyph(state));
    label.name.textContent = title;
    label.word.textContent = word[language];
    label.size = undefined;
    placedFor = '';
  }

  function anchorsFor(camera: Camera, width: number, height: number): Anchor[] {
    const point = new Vector3();
    return [...labels.values()].flatMap((label) => {
      const body = bodies.get(label.station.id);
      if (!body) return [];
      point.copy(body.top).project(camera);
      const isSeen = point.z < 1 && Math.abs(point.x) < 1.05 && Math.abs(point.y) < 1.1;
      label.button.hidden = !isSeen;
      if (!isSeen) return [];
      label.size ??= { w: label.button.offsetWidth, h: label.button.offsetHeight };
      const priority = (STATES[label.state].isAbnormal ? 1 : 0) + (selected === label.station.id ? 2 : 0);
      const [x, y] = [(point.x / 2 + 0.5) * width, (0.5 - point.y / 2) * height];
      return [{ id: label.station.id, x, y, ...label.size, priority }];
    });
  }

  return {
    setState(station, state) {
      const label = labels.get(station);
      if (!label || label.state === state) return;
      label.state = state;
      refresh(label);
    },
    select(station) {
      selected = station;
      for (const label of labels.values()) refresh(label);
    },
    setLanguage(next) {
      language = next;
      for (const label of labels.values()) refresh(label);
    },
    measureAnew() {
      for (const label of labels.values()) label.size = undefined;
    },
    place(camera, width, height) {
      const view = [camera.matrixWorldInverse, camera.projectionMatrix].flatMap(({ elements }) => elements);
      const key = `${width} ${height} ${view.join(' ')}`;
      if (key === placedFor) return;
      placedFor = key;
      const anchors = anchorsFor(camera, width, height);
      const stems: string[] = [];
      for (const { id, left, top } of layOutLabels(anchors, { width, height })) {
        const anchor = anchors.find((one) => one.id === id);
        const label = labels.get(id);
        if (!anchor || !label) continue;
        label.button.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
        const fromX = Math.min(Math.max(anchor.x, left + 6), left + anchor.w - 6);
        const fromY = top + anchor.h - LIFT_PX;
        stems.push(`M${fromX.toFixed(1)} ${fromY.toFixed(1)}L${anchor.x.toFixed(1)} ${anchor.y.toFixed(1)}`);
      }
      path.setAttribute('d', stems.join(''));
    },
    dispose() {
      svg.remove();
      for (const { button } of labels.values()) button.remove();
    },
  };
}

function createLabel(station: PlacedStation, onSelect: (station: string) => void): Label {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'scene-label';
  button.dataset['station'] = station.id;
  const [id, name, word] = ['id', 'name', 'word'].map((part) => {
    const span = document.createElement('span');
    span.className = `scene-label-${part}`;
    return span;
  });
  id.textContent = station.id;
  button.append(stateGlyph('off'), id, name, word);
  button.addEventListener('click', () => onSelect(station.id));
  return { station, button, name, word, state: 'off', size: undefined };
}
