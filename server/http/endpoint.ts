import type { z } from 'zod';
import type { RouteName, routes } from '#contract/routes.ts';
import type { Participant } from '#server/store/participants-table.ts';
import type { Caller } from './caller.ts';

type Routes = typeof routes;
type NamesIn<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;
type Parsed<R, K extends 'query' | 'body'> = R extends Record<K, z.ZodType> ? z.output<R[K]> : undefined;

/** A request that was read, and whose caller may make it. */
export interface ApiRequest<N extends RouteName> {
  readonly params: Readonly<Record<NamesIn<Routes[N]['path']>, string>>;
  readonly query: Parsed<Routes[N], 'query'>;
  readonly body: Parsed<Routes[N], 'body'>;
  /** There is one unless anyone may call the route. */
  readonly caller: Routes[N]['roles'][number] extends 'anyone' ? Caller | undefined : Caller;
  /** Signs the browser in. */
  readonly signIn: (participant: Participant) => Promise<void>;
}

export type Handler<N extends RouteName> = (request: ApiRequest<N>) => Promise<z.input<Routes[N]['answer']>>;
export type Handlers<N extends RouteName = RouteName> = { readonly [K in N]: Handler<K> };

/** A handler as the application calls it, whatever its route. */
export type AnyHandler = (request: {
  params: Readonly<Record<string, string>>;
  query: unknown;
  body: unknown;
  caller: Caller | undefined;
  signIn: ApiRequest<RouteName>['signIn'];
}) => Promise<unknown>;
