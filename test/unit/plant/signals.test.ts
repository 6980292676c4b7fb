import { describe, expect, test } from 'vitest';
import { hours, SECOND } from '#simulator/kernel/time.ts';
import { profile } from '#simulator/plant/profile.ts';
import { taylorLifeS } from '#simulator/plant/machining/tool-life.ts';
import { lottery, pumpLine, pumpLineModel } from './pump-line.ts';

const { signals } = pumpLineModel();

describe('every signal', () => {
  test('has a path in PascalCase, texts in both languages and a sane grid', () => {
    for (const { path, text, scanS, kind, resolution, range, words, type } of signals) {
      expect(path).toMatch(/^[A-Z][A-Za-z0-9]*(\.[A-Z][A-Za-z0-9]*)+$/);
      expect(text.en.length, path).toBeGreaterThan(3);
      expect(text.sv, path).not.toBe(path);
      expect(text.sv, path).not.toBe(text.en);
      if (kind === 'continuous') expect(scanS >= 0.1 && scanS <= 10, path).toBe(true);
      expect(resolution).toBeGreaterThan(0);
      expect(range[1]).toBeGreaterThan(range[0]);
      if (type === 'Int32') expect(words, path).toBeDefined();
    }
    expect(new Set(signals.map(({ path }) => path)).size).toBe(signals.length);
  });

  test('stays in its range, and moves without a jump unless it says that it restarts', () => {
    const cell = pumpLine(
      11,
      { atH: 1.5, target: 'ST03.Fail', value: { reason: 'tool-breakage', forS: 200 } },
      { atH: 2.2, target: 'ST07.Fail', value: { forS: 100 } },
      { atH: 2.5, target: 'ST04.Hold' },
      { atH: 2.55, target: 'ST04.Unhold' },
    );
    const before = new Float64Array(signals.length);
    const after = new Float64Array(signals.length);
    while (cell.now < hours(6)) {
      const t = cell.nextUs;
      cell.runUntil(t - 1);
      cell.readAll(before);
      cell.runUntil(t);
      cell.readAll(after);
      for (const { index, path, range, kind, restarts, resolution, words } of signals) {
        const value = after[index];
        if (!(value >= range[0] && value <= range[1])) throw new Error(`${path} is ${value}`);
        if (words && words[value] === undefined) throw new Error(`${path} has no word for ${value}`);
        if (kind === 'continuous' && restarts !== true && Math.abs(value - before[index]) > 2 * resolution) {
          throw new Error(`${path} jumps from ${before[index]} to ${value} at ${t}`);
        }
      }
    }
  });

  test('that is held changes at events of its own station only', () => {
    const cell = pumpLine(12);
    cell.runUntil(hours(1));
    const heldOnes = signals.filter(({ kind, ofLine }) => kind === 'held' && ofLine !== true);
    const values = new Map(heldOnes.map(({ path }) => [path, cell.read(path)]));
    const versions = new Map(heldOnes.map(({ path, index }) => [path, cell.version(index)]));
    for (let k = 0; k < 2000; k++) {
      cell.runUntil(cell.nextUs);
      for (const { path, index } of heldOnes) {
        const version = cell.version(index);
        const value = cell.read(path);
        if (value !== values.get(path) && version === versions.get(path)) throw new Error(`${path} changed unseen`);
        values.set(path, value);
        versions.set(path, version);
      }
    }
  });
});

describe('values that belong together', () => {
  test('spindle load is high while cutting and near zero while waiting; temperature follows over minutes', () => {
    const cell = pumpLine(13);
    cell.runUntil(hours(1));
    const random = lottery(5);
    const cutting: number[] = [];
    const waiting: number[] = [];
    for (let k = 0; k < 1500; k++) {
      cell.runUntil(cell.now + Math.floor(random() * 20 * SECOND));
      const progress = cell.read('ST03.Cycle.Progress');
      if (cell.read('ST03.State.Current') === 6 && progress > 15 && progress < 35)
        cutting.push(cell.read('ST03.Spindle.Load'));
      if (cell.read('ST03.State.Current') !== 6 && cell.read('ST03.State.Duration') > 5)
        waiting.push(cell.read('ST03.Spindle.Load'));
    }
    expect(Math.min(...cutting)).toBeGreaterThan(50);
    expect(Math.max(...waiting)).toBeLessThan(1);
    const warm = cell.read('ST03.Spindle.Temperature');
    cell.command({ target: 'ST03.Abort' });
    cell.runUntil(cell.now + hours(1));
    expect(cell.read('ST03.Spindle.Temperature')).toBeLessThan(warm - 5);
  });

  test('press force needs contact: friction of the guide until three quarters of the stroke, its peak at the bottom', () => {
    const cell = pumpLine(14);
    cell.runUntil(hours(1));
    let peak = 0;
    let parts = cell.read('ST07.Counter.Parts');
    const shares: number[] = [];
    for (let k = 0; k < 8000; k++) {
      cell.runUntil(cell.now + 0.1 * SECOND);
      const force = cell.read('ST07.Ram.Force');
      if (cell.read('ST07.Ram.Position') < 55) expect(force).toBeLessThan(0.06);
      if (cell.read('ST07.Counter.Parts') > parts) {
        shares.push(peak / cell.read('ST07.Ram.PeakForce'));
        peak = 0;
        parts = cell.read('ST07.Counter.Parts');
      }
      peak = Math.max(peak, force);
    }
    // The first one may have been seen from its middle on.
    expect(shares.length).toBeGreaterThan(10);
    for (const share of shares.slice(1)) {
      expect(share).toBeGreaterThan(0.9);
      expect(share).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  test('the compressor keeps the pressure in its band', () => {
    const cell = pumpLine(15);
    for (let t = 0; t < hours(4); t += 10 * SECOND) {
      cell.runUntil(t);
      expect(cell.read('ST12.Air.Pressure')).toBeGreaterThan(6.7);
      expect(cell.read('ST12.Air.Pressure')).toBeLessThan(7.6);
    }
    expect(cell.read('ST12.Compressor.Starts')).toBeGreaterThan(20);
  });

  test('a faster cut wears the tool sooner, by Taylor', () => {
    expect(taylorLifeS(150)).toBe(16 * 60);
    expect(taylorLifeS(200)).toBeCloseTo(5.0625 * 60, 9);
    const tools = [150, 200].map((value) => {
      const cell = pumpLine(16, { atH: 0.01, target: 'ST03.Program.CuttingSpeed', value });
      cell.runUntil(hours(8));
      return cell.read('ST03.Tool.Number');
    });
    expect(tools[1]).toBeGreaterThan(2 * tools[0]);
  });
});

test('a profile has the integral of its lines', () => {
  const way = profile([0, 0], [0.2, 1], [0.6, 0.5], [1, 0]);
  let sum = 0;
  for (let k = 0; k < 1000; k++) sum += way.at((k + 0.5) / 1000) / 1000;
  expect(way.upTo(1)).toBeCloseTo(sum, 5);
  expect(way.upTo(0.6)).toBeCloseTo(0.4, 12);
  expect(way.at(0.4)).toBeCloseTo(0.75, 12);
  expect(way.easedAt(0.2)).toBe(1);
});
