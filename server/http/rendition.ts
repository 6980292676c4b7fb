import type { Request } from 'express';
import type { CaptureResult } from '#contract/capture.ts';
import type { Route } from '#contract/route.ts';
import type { SqlResult, SqlValue } from '#contract/sql.ts';
import { AppError } from '#server/errors.ts';
import { greyPng } from './grey-png.ts';

interface Rendition {
  readonly type: string;
  readonly body: string | Buffer;
}

/** An answer in another form than JSON, if the caller wants one that the route offers. */
export function renditionOf({ alsoAs }: Route, answer: unknown, req: Request, query: unknown): Rendition | undefined {
  if (!alsoAs) return undefined;
  const asked = (query as { format?: string } | undefined)?.format ?? nameOf(alsoAs, req);
  if (asked === undefined || asked === 'json') return undefined;
  return isTable(answer) ? renderTable(answer) : renderCapture(answer as CaptureResult, asked);
}

const isTable = (answer: unknown): answer is SqlResult => (answer as Partial<SqlResult>).rows !== undefined;

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

/** A table whose end is missing would look whole in a file. */
function renderTable({ columns, rows, truncated }: SqlResult): Rendition {
  if (!truncated) return csv(columns.map(nameOfColumn), rows);
  const message = `There are more than ${rows.length} rows, and a CSV file cannot say that some are missing.`;
  throw new AppError('too_many_rows', message, 'Take them in parts, with LIMIT and OFFSET, or ask for JSON.', 413);
}

const nameOfColumn = ({ name, unit }: SqlResult['columns'][number]): string =>
  unit === undefined || unit === '1' ? name : `${name} [${unit}]`;

/** RFC 4180: a line of names, then values with a decimal point; nothing where there is none. */
function csv(names: readonly string[], rows: readonly (readonly SqlValue[])[]): Rendition {
  return { type: 'text/csv', body: [names, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('') };
}

const quoted = (value: SqlValue): string => {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
