import type { Handlers } from './endpoint.ts';
import { openApi } from './open-api.ts';

/** /api/healthz and /api/openapi.json */
export function serverHandlers(version: string): Handlers<'health' | 'openapi'> {
  const document = openApi(version);
  return {
    health: async () => ({ status: 'ok', version }),
    openapi: async () => document,
  };
}
