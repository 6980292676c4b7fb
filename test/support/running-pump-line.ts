import type { CellView, MotionSegment } from '#contract/cell-view.ts';
import type { ClockState } from '#contract/clock.ts';
import { loadModel } from '#server/cells/load.ts';
import { publicModel } from '#server/cells/public-view.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../../labs/cells/pump-line.yaml', import.meta.url));
const HOUR_US = 3600e6;
const STEP_US = 100_000;

/** The pump line, an hour into its shift. */
export function runningPumpLine() {
  const model = loadModel(FILE);
  const cell = createCell(model, { seed: 7n });
  cell.runUntil(HOUR_US);
  const clock: ClockState = { simUs: HOUR_US, wallMs: 0, speed: 1, paused: false, anchorMs: 0, run: 1 };
  const view: CellView = {
    id: 'c1',
    ...publicModel(model),
    clock,
    opcua: { endpointUrl: '', namespaceUri: '' },
    mqtt: { host: '', port: 0 },
  };
  return {
    view,
    clock,
    motion: () => cell.motion(),
    /** The newest sample of a signal. */
    valueOf: (path: string) => cell.sample(model.indexOf(path)).value,
    /** What a browser that listens for so long is told: each batch of news with the plant time (us) at which it is sent. */
    record(seconds: number): { atUs: number; segments: MotionSegment[] }[] {
      const known = new Map<string, string>();
      return Array.from({ length: Math.round((seconds * 1e6) / STEP_US) }, () => {
        cell.runUntil(cell.now + STEP_US);
        const segments = cell.motion().filter((segment) => {
          const text = JSON.stringify(segment);
          const isNew = known.get(segment.id) !== text;
          known.set(segment.id, text);
          return isNew;
        });
        return { atUs: cell.now, segments };
      }).filter(({ segments }) => segments.length > 0);
    },
  };
}
