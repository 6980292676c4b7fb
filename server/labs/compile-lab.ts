import type { Language } from '#contract/text.ts';
import type { CellCatalogue } from './catalogue.ts';
import { compileChecks } from './compile-checks.ts';
import { compileNames } from './compile-windows.ts';
import type { LabFile } from './format/lab-file.ts';
import type { TextsFile } from './format/texts.ts';
import type { Guide } from './guide.ts';
import type { Ask } from './judge/ask.ts';
import type { Lab } from './lab.ts';

export interface ReadFiles {
  readonly texts: Readonly<Record<Language, TextsFile>>;
  readonly guides: Readonly<Record<Language, Guide>>;
  readonly pictures: Lab['pictures'];
  readonly files: Readonly<Record<string, string>>;
}

/** A lab without an error in its final shape. */
export function compileLab(file: LabFile, area: string, catalogue: CellCatalogue, read: ReadFiles): Lab {
  const { id, version, minutes, roles, pass, counts, cell, vars, where, scenario, hints, solution, wrong, prove } =
    file;
  return {
    ...{
      area,
      version,
      minutes,
      roles,
      pass,
      counts,
      cell,
      vars,
      where,
      scenario,
      hints,
      solution,
      wrong,
      prove,
      ...read,
    },
    id: `${area}/${id}`,
    names: compileNames(file),
    freeTries: file.try.answers.free,
    steps: file.steps.map((step) => ({
      ...{ id: step.id, minutes: step.minutes, rubric: step.rubric },
      asks: asksOf(step, catalogue, cell.start),
      checks: compileChecks(step.id, step.checks, { startUs: cell.start, cell: catalogue }),
    })),
  };
}

function asksOf({ ask }: LabFile['steps'][number], catalogue: CellCatalogue, startUs: number): Ask[] {
  const choicesOf = { signal: [...catalogue.signals.keys()], station: [...catalogue.stations.keys()] };
  return Object.entries(ask).map(([id, { options, type, ...rest }]) => ({
    ...{ id, type, startUs },
    ...definedOnly(rest),
    ...(options && { choices: options }),
    ...((type === 'signal' || type === 'station') && { choices: choicesOf[type] }),
  }));
}

/** Without the keys that zod sets to undefined. */
const definedOnly = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
