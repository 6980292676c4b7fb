import type { Text } from './signal.ts';

/** Equally spaced samples of one quantity. */
export interface Waveform {
  readonly kind: 'waveform';
  /** Samples per second. */
  readonly rateHz: number;
  /** UCUM code of the samples. */
  readonly unit: string;
  readonly samples: Float64Array;
}

/** One quantity over another, such as force over the stroke of a ram. */
export interface Curve {
  readonly kind: 'curve';
  readonly x: { readonly unit: string; readonly text: Text; readonly values: Float64Array };
  readonly y: { readonly unit: string; readonly text: Text; readonly values: Float64Array };
}

/** A greyscale picture: `width * height` bytes, row by row from the top left, 0 is black. */
export interface Picture {
  readonly kind: 'picture';
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A document, such as the passport of a product: what JSON can hold. */
export interface Document {
  readonly kind: 'document';
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * What is taken on demand because no signal can carry it. It is a pure function of the open slab and of t, as a signal
 * is: taken again for the same instant, it is the same to the last bit.
 */
export interface CaptureSource {
  /** PascalCase, within the station: `Spindle.VibrationWaveform`. */
  readonly name: string;
  readonly text: Text;
  /** Throws a Refusal while there is nothing to take. */
  take(t: number): Capture;
}

export type Capture = Waveform | Curve | Picture | Document;
