import express, { type Request, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import { isShallow } from '#contract/depth.ts';
import type { Role, Route } from '#contract/route.ts';
import { routes } from '#contract/routes.ts';
import type { ServedFile } from '#contract/served-file.ts';
import { COOKIE_DAYS, type Participants } from '#server/classroom/participants.ts';
import { AppError } from '#server/errors.ts';
import { type Caller, COOKIE, findCaller, isOwnOrigin } from './caller.ts';
import type { AnyHandler, Handlers } from './endpoint.ts';
import { parse, sendProblem } from './problems.ts';
import { renditionOf } from './rendition.ts';

const MINUTE_MS = 60_000;
const DEEPEST_BODY = 32;
/** A class of 300 may come through one address within a minute. */
const TRIES_A_MINUTE = 600;
/** Of all people together: reports are written by hand. */
const REPORTS_A_MINUTE = 20;
const REQUESTS_A_MINUTE = 3_000;

const Parameters = z.record(z.string(), z.string().min(1).max(100));

export interface ApiOptions {
  readonly handlers: Handlers;
  readonly participants: Participants;
  /** Of one participant. */
  readonly requestsAMinute?: number;
}

/** All routes of the contract. Each is read, allowed and answered in the same way. */
export function apiRouter({ handlers, participants, requestsAMinute = REQUESTS_A_MINUTE }: ApiOptions): Router {
  const router = Router();
  router.use(refuseForeignOrigin);
  router.use(express.json({ limit: '256kb', strict: false }));
  router.use(refuseDeep);
  router.post(
    routes.tryIt.path,
    limit(TRIES_A_MINUTE, () => 'all'),
  );
  router.post(
    routes.signIn.path,
    limit(TRIES_A_MINUTE, () => 'all'),
  );
  router.post(
    routes.report.path,
    limit(REPORTS_A_MINUTE, () => 'all'),
  );
  const limitCaller = limit(requestsAMinute, (_, res) => (res.locals as Locals).caller?.participant.id ?? 'anyone');
  router.use(async (req, res, next) => {
    (res.locals as Locals).caller = await findCaller(req, participants);
    next();
  });
  router.use((req, res, next) => ((res.locals as Locals).caller ? limitCaller(req, res, next) : next()));

  for (const [name, route] of Object.entries(routes) as [keyof typeof routes, Route][]) {
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
    const handle = handlers[name] as unknown as AnyHandler;
    router[method](route.path, (req, res) => answer(route, handle, participants, req, res));
  }
  router.use((req) => {
    const message = `There is no ${req.method} /api${req.path}.`;
    throw new AppError('no_route', message, 'See GET /api/openapi.json for what there is.', 404);
  });
  return router;
}

interface Locals {
  caller: Caller | undefined;
}

async function answer(
  route: Route,
  handle: AnyHandler,
  participants: Participants,
  req: Request,
  res: Response,
): Promise<void> {
  const caller = allow(route.roles, (res.locals as Locals).caller);
  const params = parse(Parameters, req.params, 'path');
  if (params.cell !== undefined) await requireCell(participants, params.cell, caller);
  const query: unknown = route.query && parse(route.query, req.query, 'query');
  const body: unknown = route.body && parse(route.body, req.body, 'body');
  const given = await handle({
    ...{ params, query, body, caller },
    signIn: async ({ id }) => {
      const token = await participants.signIn(id);
      const maxAge = COOKIE_DAYS * 24 * 3_600_000;
      res.cookie(COOKIE, token, { httpOnly: true, sameSite: 'lax', secure: req.secure, path: '/', maxAge });
    },
  });
  const answer: unknown = route.answer.parse(given);
  if (route.serves) {
    sendFile(res, answer as ServedFile);
    return;
  }
  res.set('Cache-Control', 'no-store');
  const other = renditionOf(route, answer, req, query);
  if (other) res.type(other.type).send(other.body);
  else res.json(answer);
}

/**
 * A file that somebody else made. Whatever is in it, a browser takes it for what it says it is, runs no script of it,
 * loads nothing for it, and gives it to no other site; as its address names its content, it may be kept for ever.
 */
function sendFile(res: Response, { type, hash, bytes }: ServedFile): void {
  res.set({
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    'Cache-Control': 'private, max-age=31536000, immutable',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Content-Disposition': 'inline',
    'X-Content-Type-Options': 'nosniff',
    ETag: `"${hash}"`,
  });
  res.type(type).send(Buffer.from(bytes));
}

function allow(roles: readonly Role[], caller: Caller | undefined): Caller | undefined {
  if (roles.includes('anyone')) return caller;
  if (!caller) {
    const hint = 'Press "Try it" on the first page, or send participant id and key as Basic authentication.';
    throw new AppError('not_signed_in', 'Nobody is signed in.', hint, 401);
  }
  if (roles.includes(caller.participant.role)) return caller;
  throw new AppError('not_allowed', 'This is for teachers.', 'Sign in as a teacher.', 403);
}

/** A cell of somebody else does not exist. */
async function requireCell(participants: Participants, cell: string, caller: Caller | undefined): Promise<void> {
  if (caller && (await participants.isMember(cell, caller.participant.id))) return;
  throw new AppError('no_cell', `You have no cell ${cell}.`, 'Look up your current cell with GET /api/me.', 404);
}

function refuseForeignOrigin(req: Request, _res: Response, next: () => void): void {
  const { origin, host } = req.headers;
  if (req.method === 'GET' || req.method === 'HEAD' || origin === undefined || isOwnOrigin(origin, host)) {
    next();
    return;
  }
  const message = `A page of ${origin.slice(0, 100)} may not change anything here.`;
  throw new AppError('foreign_origin', message, `Use the page on ${host}.`, 403);
}

/** Nothing here nests deep; what does would exhaust the stack of whoever looks at it. */
function refuseDeep(req: Request, _res: Response, next: () => void): void {
  if (isShallow(req.body, DEEPEST_BODY)) {
    next();
    return;
  }
  throw new AppError('bad_request', `The body nests deeper than ${DEEPEST_BODY} levels.`, 'Send a flatter one.');
}

function limit(perMinute: number, keyGenerator: (req: Request, res: Response) => string) {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator,
    handler: (_, res) => {
      const message = `More than ${perMinute} requests in a minute.`;
      sendProblem(res, new AppError('too_many_requests', message, 'Wait a minute and go on more slowly.', 429));
    },
  });
}
