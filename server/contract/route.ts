import type { z } from 'zod';

/** Who may call a route. `anyone` needs no login. */
export type Role = 'anyone' | 'participant' | 'teacher';

/** One route: Express, the OpenAPI document, the browser's client and the route x role tests all derive from it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api`, parameters as `:name`. */
  readonly path: string;
  readonly summary: string;
  readonly roles: readonly Role[];
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  /** What it can answer beside JSON, by `Accept` or `?format=`. */
  readonly alsoAs?: Readonly<Record<string, string>>;
  /** Content types of a route that answers with a file, see `ServedFile`, and never with JSON. */
  readonly serves?: readonly string[];
}

export const mine: readonly Role[] = ['participant', 'teacher'];
export const route = <const R extends Route>(made: R): R => made;
