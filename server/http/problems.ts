import type { ErrorRequestHandler, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import type { Problem } from '#contract/problem.ts';
import { AppError } from '#server/errors.ts';
import type { Logger } from '#server/log.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';

/** Answers with an RFC 9457 problem document. */
export function sendProblem(res: Response, { status, code, message, hint }: AppError): void {
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: message,
    hint,
  };
  res.status(status).type('application/problem+json').send(JSON.stringify(problem));
}

/** Reads what came from outside, or says which part of it is wrong. */
export function parse<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const { data, error } = schema.safeParse(value);
  if (!error) return data;
  const wrong = error.issues.map(({ path, message }) => `${[what, ...path].join('.')}: ${message}`).slice(0, 10);
  throw new AppError('bad_request', wrong.join('\n'), 'See GET /api/openapi.json for what is wanted.');
}

/** The last of the chain: every failure becomes one clear problem document. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const known = asAppError(error);
    if (!known) log.error({ err: error, method: req.method, path: req.path }, 'a request failed');
    // A browser would open its own login window; our page asks in its own way.
    if (known?.status === 401 && req.headers['sec-fetch-mode'] === undefined) {
      res.set('WWW-Authenticate', 'Basic realm="Verkstad", charset="UTF-8"');
    }
    sendProblem(res, known ?? internal);
  };
}

const internal = new AppError(
  'internal',
  'Something went wrong on the server.',
  'Try again; if it stays so, tell the administrator.',
  500,
);

function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof Refusal) {
    return new AppError(error.code, error.message.replace(` ${error.hint}`, ''), error.hint);
  }
  const { type } = error as { type?: unknown };
  if (type === 'entity.too.large') {
    return new AppError('too_large', 'The body is larger than 256 kB.', 'Send less at once.', 413);
  }
  if (type === 'entity.parse.failed') {
    return new AppError('bad_json', 'The body is no valid JSON.', 'Send JSON as application/json.');
  }
  if (error instanceof Error && 'status' in error && error.status === 400) {
    return new AppError('bad_request', error.message, 'See GET /api/openapi.json for what is wanted.');
  }
  return undefined;
}
