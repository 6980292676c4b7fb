import type { Route } from '#contract/route.ts';
import type { RouteName, routes } from '#contract/routes.ts';
import type { z } from 'zod';
import { BUILD_HEADER } from '#contract/web-build.ts';
import { RequestProblem } from './problem.ts';

type Routes = typeof routes;
type ParametersIn<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParametersIn<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;
type Wanted<Name extends string, Shape> = [Shape] extends [never] ? unknown : Record<Name, Shape>;
type Field<R, Name extends 'query' | 'body'> = R extends Record<Name, z.ZodType> ? z.input<R[Name]> : never;
type Names<R extends Route> = ParametersIn<R['path']>;

/** What a route needs: `params` from its path, `query`, `body`; only those it has. */
export type RequestOf<N extends RouteName> = Wanted<
  'params',
  [Names<Routes[N]>] extends [never] ? never : Record<Names<Routes[N]>, string>
> &
  Wanted<'query', Field<Routes[N], 'query'>> &
  Wanted<'body', Field<Routes[N], 'body'>> & { readonly signal?: AbortSignal };
export type AnswerOf<N extends RouteName> = z.output<Routes[N]['answer']>;

interface AnyRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** What came of a request: 0 where the server did not answer. */
export interface Outcome {
  readonly status: number;
  /** Of a refusal. */
  readonly code?: string;
  /** The build of the web client that the server hands out now. */
  readonly build?: string;
}

const hearers = new Set<(outcome: Outcome) => void>();

/** Tells what comes of every request. */
export function hearOutcomes(heard: (outcome: Outcome) => void): () => void {
  hearers.add(heard);
  return () => void hearers.delete(heard);
}

function tellOutcome(outcome: Outcome): void {
  for (const heard of hearers) heard(outcome);
}

/**
 * What a page asks before anything is seen. It does not wait for the contract, whose shapes take long to make on a slow
 * machine, and takes the answer as the server made it by the same shapes.
 */
const FIRST: { readonly [N in 'health' | 'me' | 'cell' | 'whereabouts']: Pick<Routes[N], 'method' | 'path'> } = {
  health: { method: 'GET', path: '/healthz' },
  me: { method: 'GET', path: '/me' },
  cell: { method: 'GET', path: '/cells/:cell' },
  whereabouts: { method: 'GET', path: '/attempts/:attempt/whereabouts' },
};
const isFirst = (name: RouteName): name is keyof typeof FIRST => Object.hasOwn(FIRST, name);

let contract: Routes | undefined;

/** Fetches the contract. Throws RequestProblem. */
async function fetchContract(): Promise<Routes> {
  try {
    contract = (await import('#contract/routes.ts')).routes;
    return contract;
  } catch (error) {
    tellOutcome({ status: 0 });
    throw new RequestProblem('network', 0, String(error), '');
  }
}

/** Calls a route of the contract. Throws RequestProblem; an aborted call throws the abort's reason. */
export async function call<N extends RouteName>(name: N, request: RequestOf<N>): Promise<AnswerOf<N>> {
  const route: Pick<Route, 'method' | 'path'> & { readonly answer?: z.ZodType } = isFirst(name)
    ? FIRST[name]
    : (contract ?? (await fetchContract()))[name];
  const { params, query, body, signal } = request as AnyRequest;
  const path = route.path.replace(/:(\w+)/g, (_, hole: string) => encodeURIComponent(params?.[hole] ?? ''));
  const search = query
    ? `?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)])).toString()}`
    : '';
  const response = await send(`/api${path}${search}`, route.method, body, signal);
  const answer: unknown = await response.json().catch(() => undefined);
  const build = response.headers.get(BUILD_HEADER);
  const problem = response.ok ? undefined : RequestProblem.of(response.status, answer);
  // What stands before the server may answer in its place, but not with a problem document.
  const isSilent = problem?.code === 'network';
  tellOutcome({
    status: isSilent ? 0 : response.status,
    ...(problem && { code: problem.code }),
    ...(build !== null && { build }),
  });
  if (problem) throw problem;
  if (route.answer === undefined && answer !== undefined) return answer as AnswerOf<N>;
  const parsed = route.answer?.safeParse(answer);
  if (!parsed?.success) throw new RequestProblem('answer', response.status, parsed?.error.message ?? 'no JSON', '');
  return parsed.data as AnswerOf<N>;
}

async function send(url: string, method: string, body: unknown, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    tellOutcome({ status: 0 });
    throw new RequestProblem('network', 0, String(error), '');
  }
}
