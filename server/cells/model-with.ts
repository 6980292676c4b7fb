import { Model } from '#simulator/cell/model.ts';
import { replace } from './definitions.ts';

const patched = new WeakMap<Model, Map<string, Model>>();

/** A model with settings replaced, by path; made once. */
export function modelWith(model: Model, set: Readonly<Record<string, unknown>>): Model {
  const name = JSON.stringify(set);
  if (name === '{}') return model;
  const own = patched.get(model) ?? new Map<string, Model>();
  patched.set(model, own);
  const known = own.get(name);
  if (known) return known;
  const definition = structuredClone(model.definition);
  for (const [path, value] of Object.entries(set)) replace(definition, path, value);
  const made = new Model(definition);
  own.set(name, made);
  return made;
}
