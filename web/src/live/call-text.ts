import { RequestProblem } from './problem.ts';

/** Reads a text, as CSV, from a path of the server. Throws RequestProblem. */
export async function callText(path: string): Promise<string> {
  const response = await fetch(path).catch((error: unknown) => {
    throw new RequestProblem('network', 0, String(error), '');
  });
  if (response.ok) return response.text();
  throw RequestProblem.of(response.status, await response.json().catch(() => undefined));
}
