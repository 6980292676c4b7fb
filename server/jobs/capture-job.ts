import type { CaptureContent, CaptureResult } from '#contract/capture.ts';
import { captureViewOf } from '#server/cells/public-view.ts';
import type { Model } from '#simulator/cell/model.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { clock } from '#simulator/kernel/time.ts';
import type { Capture, Curve } from '#simulator/plant/capture.ts';
import type { CaptureOrder, Life } from './job.ts';
import { relive } from './relive.ts';

/** What a station has to give at an instant that has been. */
export function captureJob(model: Model, life: Life, { path, atUs = life.nowUs }: CaptureOrder): CaptureResult {
  if (atUs > life.nowUs) {
    throw new Refusal(`${clock(atUs)} has not come yet.`, `It is ${clock(life.nowUs)}.`, 'out_of_range');
  }
  const cell = relive(model, life);
  cell.runUntil(atUs);
  const taken = cell.capture(path);
  const { text } = model.captures.get(path)!;
  return { ...captureViewOf(path, text), tUs: atUs, capture: contentOf(taken) };
}

function contentOf(taken: Capture): CaptureContent {
  switch (taken.kind) {
    case 'waveform':
      return { ...taken, samples: Array.from(taken.samples) };
    case 'curve':
      return { kind: 'curve', x: axisOf(taken.x), y: axisOf(taken.y) };
    case 'picture':
      return { ...taken, pixels: Buffer.from(taken.pixels).toString('base64') };
    case 'document':
      return { kind: 'document', content: { ...taken.content } };
  }
}

const axisOf = ({ unit, text, values }: Curve['x']) => ({ unit, text, values: Array.from(values) });
