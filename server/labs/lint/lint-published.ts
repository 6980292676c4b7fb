import type { LabFile } from '../format/lab-file.ts';
import type { PublishedFile } from '../format/published.ts';
import { publicationOf } from '../publication.ts';
import { like, type Path, type Tell } from './tell.ts';

/**
 * What has changed since the lab was published: ids that are gone or mean something else, and changes of what is judged
 * under the same version. Once the version is raised, changed ids are only a warning: whoever began finishes on the old one.
 */
export function lintPublished(lab: LabFile, published: PublishedFile, tell: Tell): void {
  const now = publicationOf(lab);
  const { version } = published;
  if (lab.version < version)
    tell(['version'], 'old-version', `version ${version} is published: count on from there, with ${version + 1}`);
  if (lab.version === version && now.judged !== published.judged) {
    const message = `what is drawn, asked or judged has changed since version ${version} was published: raise it to ${version + 1}`;
    tell(['version'], 'same-version', message);
  }
  const severity = lab.version > version ? 'warning' : 'error';
  const told = (path: Path, rule: string, message: string) => tell(path, rule, message, { severity });

  const steps = lab.steps.map(({ id }) => id);
  for (const [id, was] of Object.entries(published.steps)) {
    const k = steps.indexOf(id);
    if (k < 0) {
      told(
        ['steps'],
        'vanished-id',
        `step "${id}" of version ${version} is gone${like(id, added(steps, published.steps))}`,
      );
      continue;
    }
    const is = now.steps[id];
    const path = ['steps', k];
    compare('field', was.ask, is.ask, (ask) => [...path, ...(ask === undefined ? [] : ['ask', ask])]);
    const checks = lab.steps[k].checks.map((check) => check.id);
    compare('check', was.checks, is.checks, (check) => [
      ...path,
      ...(check === undefined ? [] : ['checks', checks.indexOf(check), 'id']),
    ]);
    const points = (ids: readonly string[] = []) => Object.fromEntries(ids.map((point) => [point, 'point']));
    compare('point of the rubric', points(was.rubric), points(is.rubric), () => path);
  }

  function compare(
    what: string,
    was: Readonly<Record<string, string>> = {},
    is: Readonly<Record<string, string>> = {},
    pathOf: (id: string | undefined) => Path,
  ): void {
    for (const [id, meaning] of Object.entries(was)) {
      if (!Object.hasOwn(is, id)) {
        const message = `${what} "${id}" of version ${version} is gone${like(id, added(Object.keys(is), was))}`;
        told(pathOf(undefined), 'vanished-id', message);
      } else if (is[id] !== meaning) {
        const message = `${what} "${id}" was "${meaning}" in version ${version} and is "${is[id]}" now: give it a new id`;
        told(pathOf(id), 'other-meaning', message);
      }
    }
  }
}

const added = (ids: readonly string[], was: object): string[] => ids.filter((id) => !Object.hasOwn(was, id));
