import { expect, test } from 'vitest';
import { Definitions } from '#server/cells/definitions.ts';
import { ModelShelf } from '#server/cells/model-shelf.ts';
import { cellsFolder } from '#test/support/host-for-test.ts';

const model = new Definitions(cellsFolder).patched('pump-line').model;

test('of models that no cell is made of, only the most recently used are held', () => {
  const shelf = new ModelShelf();
  const held = Array.from({ length: 40 }, () => Object.create(model) as typeof model);
  held.forEach((one, k) => shelf.keep(`m${k}`, one));
  expect(shelf.held).toBe(16);
  // In use elsewhere: found nevertheless, and not made a second time.
  expect(shelf.find('m0')).toBe(held[0]);
  expect(shelf.held).toBe(16);
});

test('a definition that is asked for again has the same model', () => {
  const definitions = new Definitions(cellsFolder);
  const { hash, json, model: made } = definitions.patched('pump-line', { 'ST03.time': 21 });
  expect(definitions.model(hash, json)).toBe(made);
});
