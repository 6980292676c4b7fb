import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#server/errors.ts';
import type { Definition, DefinitionInput } from '#simulator/cell/definition.ts';
import { Model } from '#simulator/cell/model.ts';
import { DefinitionError } from '#simulator/cell/problem.ts';
import { loadDefinition } from './load.ts';
import { ModelShelf } from './model-shelf.ts';

/** A definition that is complete, as it is stored and sent to workers. */
export interface StoredDefinition {
  readonly hash: string;
  readonly json: string;
}

/** The plants that cells can be made of, and the models of those that are in use, one for each definition. */
export class Definitions {
  private readonly bases = new Map<string, Definition>();
  private readonly models = new ModelShelf();

  /** `folder` holds the definitions: labs/cells. */
  constructor(private readonly folder: string) {}

  /** A plant by name, with settings replaced by path: `{'ST03.time': 20}`. Throws an AppError that says what is wrong. */
  patched(base: string, set: Readonly<Record<string, unknown>> = {}): StoredDefinition & { model: Model } {
    const definition = structuredClone(this.getBase(base)) as DefinitionInput;
    for (const [path, value] of Object.entries(set)) replace(definition, path, value);
    const json = JSON.stringify(definition);
    const hash = createHash('sha256').update(json).digest('hex');
    return { hash, json, model: this.model(hash, json) };
  }

  /** The model of a plant as it comes; undefined if there is none of that name. */
  find(base: string): Model | undefined {
    return this.fileOf(base) === undefined ? undefined : this.patched(base).model;
  }

  /** The model of a definition, compiled once. */
  model(hash: string, json: string): Model {
    const known = this.models.find(hash);
    if (known) return known;
    try {
      const model = new Model(JSON.parse(json) as DefinitionInput);
      this.models.keep(hash, model);
      return model;
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      throw new AppError('bad_definition', error.message, 'Correct what the lab sets in its cell.');
    }
  }

  private getBase(name: string): Definition {
    const known = this.bases.get(name);
    if (known) return known;
    const file = this.fileOf(name);
    if (file === undefined) {
      throw new AppError('no_definition', `There is no cell "${name}".`, 'See labs/cells for those there are.', 404);
    }
    const definition = loadDefinition(file);
    this.bases.set(name, definition);
    return definition;
  }

  private fileOf(name: string): string | undefined {
    const file = join(this.folder, `${name}.yaml`);
    return /^[a-z0-9-]+(\/[a-z0-9-]+)*$/.test(name) && existsSync(file) ? file : undefined;
  }
}

/** `ST03.time` is the setting `time` of station ST03, `open` one of the cell itself; the model refuses unknown ones. */
export function replace(definition: DefinitionInput, path: string, value: unknown): void {
  const [station, ...rest] = path.split('.');
  const isOfStation = Object.hasOwn(definition.stations, station);
  let at = (isOfStation ? definition.stations[station] : definition) as Record<string, unknown>;
  const names = isOfStation ? rest : [station, ...rest];
  for (const name of names.slice(0, -1)) {
    const inner = Object.hasOwn(at, name) ? at[name] : undefined;
    if (typeof inner !== 'object' || inner === null) throw unknownSetting(path);
    at = inner as Record<string, unknown>;
  }
  const last = names.at(-1);
  if (last === undefined || ['__proto__', 'constructor', 'prototype'].includes(last)) throw unknownSetting(path);
  at[last] = value;
}

const unknownSetting = (path: string): AppError =>
  new AppError('unknown_setting', `The cell has no setting "${path}".`, 'Give one such as "ST03.time" or "open".');
