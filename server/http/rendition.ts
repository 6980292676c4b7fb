import type { Request } from 'express';
import type { CaptureResult } from '#contract/capture.ts';
import type { Route } from '#contract/routes.ts';
import { AppError } from '#server/errors.ts';
import { greyPng } from './grey-png.ts';

interface Rendition {
  readonly type: string;
  readonly body: string | Buffer;
}

/** An answer in another form than JSON, if the caller wants one that the route offers. Only captures do so far. */
export function renditionOf({ alsoAs }: Route, answer: unknown, req: Request, query: unknown): Rendition | undefined {
  if (!alsoAs) return undefined;
  const asked = (query as { format?: string } | undefined)?.format ?? nameOf(alsoAs, req);
  return asked === undefined || asked === 'json' ? undefined : renderCapture(answer as CaptureResult, asked);
}

function nameOf(alsoAs: Readonly<Record<string, string>>, req: Request): string | undefined {
  const type = req.accepts(['application/json', ...Object.values(alsoAs)]);
  return Object.keys(alsoAs).find((name) => alsoAs[name] === type);
}

function renderCapture({ path, capture }: CaptureResult, as: string): Rendition {
  if (as === 'png' && capture.kind === 'picture') {
    const pixels = Buffer.from(capture.pixels, 'base64');
    return { type: 'image/png', body: greyPng(capture.width, capture.height, pixels) };
  }
  if (as === 'csv' && capture.kind === 'waveform') {
    const { rateHz, samples, unit } = capture;
    return csv(
      [`time [s]`, `${path} [${unit}]`],
      samples.map((value, k) => [k / rateHz, value]),
    );
  }
  if (as === 'csv' && capture.kind === 'curve') {
    const { x, y } = capture;
    return csv(
      [`${x.text.en} [${x.unit}]`, `${y.text.en} [${y.unit}]`],
      x.values.map((at, k) => [at, y.values[k]]),
    );
  }
  const other = { waveform: 'CSV', curve: 'CSV', picture: 'PNG', document: undefined }[capture.kind];
  const message = `${path} is a ${capture.kind}, which has no ${as.toUpperCase()} form.`;
  throw new AppError('wrong_format', message, `Ask for JSON${other ? ` or ${other}` : ''}.`, 406);
}

/** RFC 4180: a line of names, then numbers with a decimal point. */
function csv(names: readonly string[], rows: readonly (readonly number[])[]): Rendition {
  const head = names.map((name) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name));
  return { type: 'text/csv', body: `${[head, ...rows].map((row) => row.join(',')).join('\r\n')}\r\n` };
}
