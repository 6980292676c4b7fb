import * as THREE from 'three';
import { Crowd } from './crowd.ts';
import { Kit, type Shape } from './kit.ts';
import { frameOf } from './frame.ts';
import { type Layout, siteOf } from './layout.ts';
import type { Materials } from './materials.ts';
import { pumpShape } from './models/carrier.ts';
import { modelOf } from './models/catalogue.ts';
import type { Put, Site, StationModel } from './models/model.ts';
import { personShape } from './models/person.ts';
import type { QualitySettings } from './quality.ts';

/** What is seen of live signals: layers, stocks, people, lamps. A draw call for each kind of thing, however many. */
export interface LiveProps {
  root: THREE.Group;
  /** Places everything anew for what the signals say. */
  show(valueOf: (path: string) => number | undefined): void;
  dispose(): void;
}

interface Showing {
  station: string;
  frame: THREE.Matrix4;
  turn: number;
  site: Site;
  live: NonNullable<StationModel['live']>;
}

export function createLiveProps(layout: Layout, materials: Materials, { shadows, detail }: QualitySettings): LiveProps {
  const crowd = (draw: (kit: Kit) => Shape, casts = shadows === 'live') =>
    new Crowd(draw(new Kit(detail)), materials, casts);
  const crowds = {
    block: crowd((kit) => kit.box(1, 1, 1, 0, 0.5, 0, '#ffffff', { edges: false, round: 0 }).build()),
    drum: crowd((kit) => kit.cylinder(0.5, 1, 0, 0.5, 0, '#ffffff').build()),
    lamp: crowd((kit) => kit.box(1, 1, 1, 0, 0.5, 0, '#ffffff', { edges: false, round: 0, on: 'glow' }).build(), false),
    person: crowd(personShape),
    pump: crowd(pumpShape),
  };
  const all = Object.values(crowds);
  const showing = layout.stations.flatMap((station): Showing[] => {
    const { live } = modelOf(station.type);
    if (!live) return [];
    const frame = frameOf(station);
    const turn = (station.at.turn * Math.PI) / 180;
    return [{ station: station.id, frame, turn, live, site: siteOf(station, layout) }];
  });
  const place = new THREE.Vector3();
  const size = new THREE.Vector3();
  return {
    root: new THREE.Group().add(...all.map((one) => one.root)),
    show(valueOf) {
      for (const one of all) one.begin(ROOM);
      for (const { station, frame, turn, site, live } of showing) {
        const put: Put = (what, { x, y = 0, z, w = 1, h = 1, d = 1, turn: own = 0, colour }) =>
          crowds[what].place(place.set(x, y, z).applyMatrix4(frame), turn + own, colour, size.set(w, h, d));
        live.place(put, (name) => valueOf(`${station}.${name}`), site);
      }
      for (const one of all) one.end();
    },
    dispose() {
      for (const one of all) one.dispose();
    },
  };
}

/** Room for so many of each kind. */
const ROOM = 112;

/** Paths of all signals that the picture of these stations follows. */
export const watchedSignals = ({ stations }: Layout): string[] =>
  stations.flatMap(({ id, type }) => {
    const { live, mechanism } = modelOf(type);
    const names = [...(live?.signals ?? []), ...(mechanism?.signals ?? [])];
    return names.map((name) => `${id}.${name}`);
  });
