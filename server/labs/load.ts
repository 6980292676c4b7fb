import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Text } from '#contract/text.ts';
import type { z } from 'zod';
import type { CellCatalogue } from './catalogue.ts';
import { compileLab } from './compile-lab.ts';
import { LabFile } from './format/lab-file.ts';
import { PublishedFile } from './format/published.ts';
import { AreasFile, TextsFile } from './format/texts.ts';
import { readGuide } from './guide.ts';
import type { Lab } from './lab.ts';
import { strayLabs } from './lint/lint-area.ts';
import { lintLab } from './lint/lint-lab.ts';
import { encodingProblems } from './lint/lint-encoding.ts';
import { lintTexts } from './lint/lint-texts.ts';
import { lintTranslation } from './lint/lint-translation.ts';
import { type GuideRead, lintGuide } from './lint/lint-guide.ts';
import { lintPictures } from './lint/lint-pictures.ts';
import { lintPublished } from './lint/lint-published.ts';
import { readAssets } from './pictures.ts';
import { PUBLISHED } from './publication.ts';
import type { LabProblem } from './problem.ts';
import { schemaProblems } from './schema-problems.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

/** What a cell of a base has, with settings replaced; undefined if there is no such base. */
export type Catalogues = (base: string, set?: Readonly<Record<string, unknown>>) => CellCatalogue | undefined;

export interface LabLibrary {
  /** Labs without an error, by id, in the order of the areas. A broken lab is missing here and named in `problems`. */
  readonly labs: ReadonlyMap<string, Lab>;
  readonly areas: ReadonlyMap<string, Text>;
  /** `areas.yaml` as it was read; a single lab has none. */
  readonly curriculum?: AreasFile;
  readonly problems: readonly LabProblem[];
}

const LANGUAGES = ['en', 'sv'] as const;
/** The files that a lab is made of, beside its pictures. */
const FILES = [
  'lab.yaml',
  PUBLISHED,
  ...LANGUAGES.flatMap((l) => [`texts.${l}.yaml`, `guide.${l}.md`, `teacher.${l}.md`]),
];

/** Reads all labs below a folder: `areas.yaml` and `<area>/<lab>/lab.yaml`. */
export function loadLabs(folder: string, catalogues: Catalogues): LabLibrary {
  const { curriculum, problems } = readAreas(folder);
  const areas = curriculum?.areas ?? [];
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
  return {
    labs,
    areas: new Map(areas.map(({ id, title }) => [id, title])),
    ...(curriculum && { curriculum }),
    problems,
  };
}

/** Reads `areas.yaml`, and tells of labs in folders that it does not name. */
export function readAreas(folder: string): { curriculum?: AreasFile; problems: LabProblem[] } {
  const problems: LabProblem[] = [];
  const path = join(folder, 'areas.yaml');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const curriculum = parseFile(path, text, AreasFile, problems)?.value;
  if (!curriculum) return { problems };
  const areas = curriculum.areas.map(({ id }) => id);
  return { curriculum, problems: [...problems, ...strayLabs(folder, areas)] };
}

/** Reads one lab. With any error there is no lab, and all of its errors are told. */
export function loadLab(folder: string, area: string, catalogues: Catalogues): { lab?: Lab; problems: LabProblem[] } {
  const files: Record<string, string> = readAssets(folder);
  for (const name of FILES) {
    const path = join(folder, name);
    if (existsSync(path)) files[name] = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  }
  try {
    return readLab(folder, files, area, catalogues);
  } catch (error) {
    // Whatever is so wrong that nobody foresaw it must not take the other labs down.
    const message = `the lab cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
    return { problems: [{ ...at(join(folder, 'lab.yaml')), rule: 'unreadable', message }] };
  }
}

const at = (file: string) => ({ file, line: 1, column: 1, severity: 'error' as const });

/** A lab from the text of its files; files of assets/ are in base64. */
export function readLab(
  folder: string,
  files: Readonly<Record<string, string>>,
  area: string,
  catalogues: Catalogues,
): { lab?: Lab; problems: LabProblem[] } {
  const problems: LabProblem[] = [];
  for (const name of FILES) problems.push(...encodingProblems(join(folder, name), files[name] ?? ''));
  if (problems.length > 0) return { problems };
  const parse = <S extends z.ZodType>(name: string, schema: S) =>
    parseFile(join(folder, name), files[name], schema, problems);
  const file = parse('lab.yaml', LabFile);
  const texts = LANGUAGES.map((language) => parse(`texts.${language}.yaml`, TextsFile));
  const guides = LANGUAGES.map((language) => guideOf(join(folder, `guide.${language}.md`), files, problems));
  for (const language of LANGUAGES) {
    const name = `teacher.${language}.md`;
    if (files[name] === undefined) problems.push(missing(join(folder, name)));
  }
  if (!file) return { problems };

  const catalogue = catalogues(file.value.cell.base);
  const own = lintLab(file.value, file.yaml, { folder: basename(folder), area, cell: catalogue });
  problems.push(...own);
  // Which of two of one name the texts and the guides mean, nobody knows.
  if (own.some(({ rule }) => rule === 'twice')) return { problems };
  for (const [k] of LANGUAGES.entries()) {
    if (texts[k]) problems.push(...lintTexts(file.value, texts[k]));
    if (guides[k]) problems.push(...lintGuide(file.value, guides[k], files));
  }
  if (texts[0] && texts[1]) problems.push(...lintTranslation(texts[0].value, texts[1]));
  if (files[PUBLISHED] !== undefined) {
    const published = parse(PUBLISHED, PublishedFile);
    if (published) lintPublished(file.value, published.value, (...told) => problems.push(file.yaml.problemAt(...told)));
  }
  const pictures = lintPictures(folder, files, guides, problems);
  const [en, sv] = texts;
  const [guideEn, guideSv] = guides;
  if (!en || !sv || !guideEn || !guideSv || !catalogue || problems.some(({ severity }) => severity === 'error'))
    return { problems };
  const languages = { texts: { en: en.value, sv: sv.value }, guides: { en: guideEn.guide, sv: guideSv.guide } };
  const read = { ...languages, pictures, files };
  return { lab: compileLab(file.value, area, catalogue, read), problems };
}

export interface Parsed<T> {
  readonly yaml: YamlFile;
  readonly value: T;
}

function parseFile<S extends z.ZodType>(
  path: string,
  text: string | undefined,
  schema: S,
  problems: LabProblem[],
): Parsed<z.output<S>> | undefined {
  if (text === undefined) {
    problems.push(missing(path));
    return undefined;
  }
  const yaml = readYaml(path, text);
  problems.push(...yaml.problems);
  if (yaml.problems.length) return undefined;
  const { data, error } = schema.safeParse(yaml.value);
  if (error) problems.push(...schemaProblems(yaml, error));
  return error ? undefined : { yaml, value: data };
}

function guideOf(path: string, files: Readonly<Record<string, string>>, problems: LabProblem[]): GuideRead | undefined {
  const text = files[basename(path)];
  if (text === undefined) problems.push(missing(path));
  return text === undefined ? undefined : { file: path, text, guide: readGuide(text) };
}

const missing = (file: string): LabProblem => ({
  ...at(file),
  rule: 'missing-file',
  message: 'the file is missing: write it, or begin with the one of labs/template/my-lab',
});
