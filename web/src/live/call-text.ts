import { Problem } from '#contract/problem.ts';
import { RequestProblem } from './problem.ts';

/** Reads a text, as CSV, from a path of the server. Throws RequestProblem. */
export async function callText(path: string): Promise<string> {
  const response = await fetch(path).catch((error: unknown) => {
    throw new RequestProblem('network', 0, String(error), '');
  });
  if (response.ok) return response.text();
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  throw problem.success ? RequestProblem.of(problem.data) : new RequestProblem('network', response.status, '', '');
}
