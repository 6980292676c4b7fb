import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { engineeringUnits, unitsKnown } from '#server/opcua/units.ts';

/** The rows of the OPC Foundation's UNECE_to_OPCUA.csv for the units in use: code, UnitId, display name, description. */
const official = new Map(
  readFileSync(new URL('../../conformance/unece-codes.csv', import.meta.url), 'utf8')
    .split('\n')
    .slice(1)
    .filter((row) => row !== '')
    .map((row) => row.split(','))
    .map(([, id, symbol, name]) => [Number(id), { symbol, name }]),
);

/** The names of the list that say more than the name. */
const plain = (name: string): string => name.replace(/ [[(].*[\])]$/, '');

test('every unit has the number, symbol and name of the official list', () => {
  expect(unitsKnown.length).toBeGreaterThan(60);
  for (const ucum of unitsKnown) {
    const { unitId, displayName, description } = engineeringUnits(ucum);
    const found = official.get(unitId);
    expect(found, ucum).toBeDefined();
    expect(plain(found?.name ?? ''), ucum).toBe(description.text);
    const isShorter = ucum === '1' || ucum === '%';
    if (!isShorter) expect(displayName.text?.normalize('NFKC'), ucum).toBe(found?.symbol.normalize('NFKC'));
  }
});

test('the name of a unit is in the language asked for, its symbol in none', () => {
  const unit = engineeringUnits('kW.h', 'sv');
  expect(unit.description).toMatchObject({ locale: 'sv', text: 'kilowattimme' });
  expect(unit.displayName.text).toBe('kW·h');
  expect(engineeringUnits('{part}/min', 'en').description.text).toBe('reciprocal minute');
  expect(engineeringUnits('[SEK]').unitId).toBe(-1);
});
