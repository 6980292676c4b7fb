import { z } from 'zod';
import { Text } from './text.ts';

/** Something that can be taken of a station on demand, because no signal can carry it; see simulator/plant/capture.ts. */
export const CaptureView = z.object({
  /** `ST03.Spindle.VibrationWaveform` */
  path: z.string(),
  station: z.string(),
  text: Text,
});
export type CaptureView = z.infer<typeof CaptureView>;

const Axis = z.object({ unit: z.string(), text: Text, values: z.array(z.number()) });

export const CaptureContent = z.discriminatedUnion('kind', [
  /** Equally spaced samples, the last of them at the instant of the capture. */
  z.object({ kind: z.literal('waveform'), rateHz: z.number(), unit: z.string(), samples: z.array(z.number()) }),
  z.object({ kind: z.literal('curve'), x: Axis, y: Axis }),
  /** Greyscale, one byte a pixel, row by row from the top left, as base64. */
  z.object({ kind: z.literal('picture'), width: z.number(), height: z.number(), pixels: z.base64() }),
  z.object({ kind: z.literal('document'), content: z.record(z.string(), z.unknown()) }),
]);
export type CaptureContent = z.infer<typeof CaptureContent>;

export const CaptureRequest = z.object({
  /** Plant time in microseconds; the present without it. */
  atUs: z.coerce.number().int().nonnegative().optional(),
  /** Wins over `Accept`. CSV is for waveforms and curves, PNG for pictures. */
  format: z.enum(['json', 'csv', 'png']).optional(),
});
export type CaptureRequest = z.infer<typeof CaptureRequest>;

export const CaptureResult = CaptureView.extend({
  /** Plant time of the capture. */
  tUs: z.number(),
  capture: CaptureContent,
});
export type CaptureResult = z.infer<typeof CaptureResult>;
