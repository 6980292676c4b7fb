import { z } from 'zod';
import { Problem } from '#contract/problem.ts';
import type { Route } from '#contract/route.ts';
import { routes } from '#contract/routes.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};
const json = (schema: object): object => ({ 'application/json': { schema } });

/** The route table as an OpenAPI 3.1 document. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries(routes)) {
    const path = `/api${route.path.replace(/:(\w+)/g, '{$1}')}`;
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(name, route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Verkstad', version },
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'basic', description: 'Participant id and key.' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'verkstad' },
      },
    },
    paths,
  };
}

function operation(
  operationId: string,
  { summary, path, roles, query, body, answer, alsoAs = {}, serves }: Route,
): object {
  return {
    operationId,
    summary,
    ...(roles.includes('anyone') ? {} : { security: [{ key: [] }, { cookie: [] }] }),
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
    ...(body && { requestBody: { required: true, content: json(schemaOf(body, 'input')) } }),
    responses: {
      200: {
        description: 'Done.',
        content: {
          ...(serves ? {} : json(schemaOf(answer, 'output'))),
          ...Object.fromEntries([...Object.values(alsoAs), ...(serves ?? [])].map((type) => [type, {}])),
        },
      },
      default: {
        description: 'What went wrong, and what to do now.',
        content: { 'application/problem+json': { schema: schemaOf(Problem, 'output') } },
      },
    },
  };
}

const pathParameters = (path: string): object[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));

function queryParameters(query: z.ZodType): object[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', schema },
    required: required.includes(name),
  }));
}
