import type { Curriculum } from '#contract/curriculum.ts';
import type { Language } from '#contract/text.ts';
import type { AreasFile } from './format/texts.ts';

/** `areas.yaml` in one language. */
export function curriculumIn({ areas, paths, roles, goals }: AreasFile, language: Language): Curriculum {
  const named = ({ id, title }: AreasFile['areas'][number]) => ({ id, title: title[language] });
  return {
    areas: areas.map(named),
    paths: paths.map((path) => ({
      ...named(path),
      aim: path.aim?.[language] ?? '',
      areas: path.areas,
      roles: path.roles,
      goals: path.goals,
    })),
    roles: roles.map(named),
    goals: goals.map(named),
  };
}
