import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Definitions } from '#server/cells/definitions.ts';
import { AppError } from '#server/errors.ts';
import type { Model } from '#simulator/cell/model.ts';
import { type CellCatalogue, catalogueOf } from './catalogue.ts';
import { type LabLibrary, loadLab, loadLabs, readAreas } from './load.ts';

/** Where labs and their cells are read from, without a server. */
export interface LabShelf {
  /** `labs` itself, or one lab. Read once. */
  readonly read: () => LabLibrary;
  /** A model of a base with settings replaced. */
  readonly models: (base: string, set: Readonly<Record<string, unknown>>) => Model;
  /** What labs may name of a base; undefined if there is no such one. */
  readonly catalogue: (base: string) => CellCatalogue | undefined;
}

/** @param labs the folder with `cells`, from which labs are read unless `place` names another folder, or one lab. */
export function labShelf(labs: string, place = labs): LabShelf {
  const cells = join(labs, 'cells');
  const definitions = new Definitions(cells);
  const models = (base: string, set: Readonly<Record<string, unknown>>) => definitions.patched(base, set).model;
  const known = new Map<string, CellCatalogue>();
  const catalogue = (base: string): CellCatalogue | undefined => {
    if (!existsSync(join(cells, `${base}.yaml`))) return undefined;
    const found = known.get(base) ?? catalogueOf(models(base, {}));
    known.set(base, found);
    return found;
  };
  let library: LabLibrary | undefined;
  return { models, catalogue, read: () => (library ??= readFrom(resolve(place), catalogue)) };
}

function readFrom(place: string, catalogue: LabShelf['catalogue']): LabLibrary {
  if (existsSync(join(place, 'areas.yaml'))) return loadLabs(place, catalogue);
  if (!existsSync(join(place, 'lab.yaml')))
    throw new AppError(
      'no_lab',
      `There is no lab in ${place}.`,
      'Name a folder with a lab.yaml, or one with an areas.yaml.',
    );
  const { lab, problems } = loadLab(place, basename(dirname(place)), catalogue);
  const labs = dirname(dirname(place));
  const stray = existsSync(join(labs, 'areas.yaml')) ? readAreas(labs).problems : [];
  problems.push(...stray.filter(({ file }) => dirname(file) === place));
  return { labs: new Map(lab ? [[lab.id, lab]] : []), areas: new Map(), problems };
}
