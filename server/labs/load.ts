import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from '#contract/text.ts';
import type { z } from 'zod';
import type { CellCatalogue } from './catalogue.ts';
import { compileChecks } from './compile-checks.ts';
import { AreasFile, LabFile, TextsFile } from './format.ts';
import { type Guide, readGuide } from './guide.ts';
import type { Lab } from './lab.ts';
import { lintLab } from './lint.ts';
import { lintTexts } from './lint-texts.ts';
import type { LabProblem } from './problem.ts';
import { readYaml, schemaProblems, type YamlFile } from './yaml-file.ts';

/** What a cell of a base has; undefined if there is no such base. */
export type Catalogues = (base: string) => CellCatalogue | undefined;

export interface LabLibrary {
  /** Labs without an error, by id, in the order of the areas. A broken lab is missing here and named in `problems`. */
  readonly labs: ReadonlyMap<string, Lab>;
  readonly areas: ReadonlyMap<string, Text>;
  readonly problems: readonly LabProblem[];
}

const LANGUAGES = ['en', 'sv'] as const;

/** Reads all labs below a folder: `areas.yaml` and `<area>/<lab>/lab.yaml`. */
export function loadLabs(folder: string, catalogues: Catalogues): LabLibrary {
  const problems: LabProblem[] = [];
  const areas = parseFile(join(folder, 'areas.yaml'), AreasFile, problems)?.value.areas ?? [];
  const labs = new Map<string, Lab>();
  for (const { id: area } of areas) {
    const inArea = join(folder, area);
    const names = existsSync(inArea) ? readdirSync(inArea, { withFileTypes: true }) : [];
    for (const { name } of names.filter((entry) => entry.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const read = loadLab(join(inArea, name), area, catalogues);
      problems.push(...read.problems);
      if (read.lab) labs.set(read.lab.id, read.lab);
    }
  }
  return { labs, areas: new Map(areas.map(({ id, title }) => [id, title])), problems };
}

/** Reads one lab. With any error there is no lab, and all of its errors are told. */
export function loadLab(folder: string, area: string, catalogues: Catalogues): { lab?: Lab; problems: LabProblem[] } {
  const problems: LabProblem[] = [];
  const file = parseFile(join(folder, 'lab.yaml'), LabFile, problems);
  const texts = LANGUAGES.map((language) => parseFile(join(folder, `texts.${language}.yaml`), TextsFile, problems));
  const guides = LANGUAGES.map((language) => readGuideFile(join(folder, `guide.${language}.md`), problems));
  for (const language of LANGUAGES) readText(join(folder, `teacher.${language}.md`), problems);
  if (!file) return { problems };

  const catalogue = catalogues(file.value.cell.base);
  problems.push(...lintLab(file.value, file.yaml, folder, catalogue));
  for (const [k] of LANGUAGES.entries()) problems.push(...lintTexts(file.value, texts[k], guides[k]));
  const [en, sv] = texts;
  const [guideEn, guideSv] = guides;
  if (!en || !sv || !guideEn || !guideSv || !catalogue || problems.some(({ severity }) => severity === 'error'))
    return { problems };
  const lab = compile(file.value, area, catalogue, [en.value, sv.value], [guideEn.guide, guideSv.guide]);
  return { lab, problems };
}

function compile(file: LabFile, area: string, catalogue: CellCatalogue, texts: TextsFile[], guides: Guide[]): Lab {
  const { id, steps, try: tries, format: _format, ...same } = file;
  const choicesOf = { signal: [...catalogue.signals.keys()], station: [...catalogue.stations.keys()] };
  return {
    ...same,
    id: `${area}/${id}`,
    area,
    freeTries: tries.answers.free,
    steps: steps.map((step) => ({
      id: step.id,
      minutes: step.minutes,
      asks: Object.entries(step.ask).map(([ask, { options, type, ...rest }]) => ({
        id: ask,
        type,
        ...definedOnly(rest),
        ...(options && { choices: options }),
        ...((type === 'signal' || type === 'station') && { choices: choicesOf[type] }),
        startUs: file.cell.start,
      })),
      checks: compileChecks(step.id, step.checks),
    })),
    texts: { en: texts[0], sv: texts[1] },
    guides: { en: guides[0], sv: guides[1] },
  };
}

/** Without the keys that zod sets to undefined. */
const definedOnly = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

export interface Parsed<T> {
  readonly yaml: YamlFile;
  readonly value: T;
}

function parseFile<S extends z.ZodType>(
  path: string,
  schema: S,
  problems: LabProblem[],
): Parsed<z.output<S>> | undefined {
  const text = readText(path, problems);
  if (text === undefined) return undefined;
  const yaml = readYaml(path, text);
  problems.push(...yaml.problems);
  if (yaml.problems.length) return undefined;
  const { data, error } = schema.safeParse(yaml.value);
  if (error) problems.push(...schemaProblems(yaml, error));
  return error ? undefined : { yaml, value: data };
}

function readGuideFile(path: string, problems: LabProblem[]): { file: string; guide: Guide } | undefined {
  const text = readText(path, problems);
  return text === undefined ? undefined : { file: path, guide: readGuide(text) };
}

function readText(path: string, problems: LabProblem[]): string | undefined {
  if (existsSync(path)) return readFileSync(path, 'utf8');
  problems.push({
    file: path,
    line: 1,
    column: 1,
    severity: 'error',
    rule: 'missing-file',
    message: 'the file is missing',
  });
  return undefined;
}
