import { describe, expect, test } from 'vitest';
import { hours, HOUR, SECOND } from '#simulator/kernel/time.ts';
import { pumpLine, pumpLineModel, timesOf } from './pump-line.ts';

const WORKERS = ['ST01', 'ST02', 'ST03', 'ST04', 'ST05', 'ST06', 'ST07', 'ST08', 'ST09', 'ST10', 'ST11', 'ST12'];

describe('the pump line', () => {
  test('has twelve stations and 230 to 450 signals, in less than 24 KB a cell', () => {
    const { stations, signals, blank } = pumpLineModel();
    expect(stations.filter(({ id }) => id.startsWith('ST')).map(({ id }) => id)).toEqual(WORKERS);
    expect(signals.length).toBeGreaterThanOrEqual(230);
    expect(signals.length).toBeLessThanOrEqual(450);
    expect(blank.buffer.byteLength).toBeLessThanOrEqual(24 * 1024);
  });

  test.each([1, 2, 3, 4, 5])('goes on for 200 h with all carriers on the loop, seed %i', (seed) => {
    const cell = pumpLine(seed);
    const reasons = new Set<string>();
    let finished = 0;
    for (let h = 8; h <= 200; h += 8) {
      cell.runUntil(hours(h));
      cell.look(({ parts, stations }, t) => {
        // Conservation: every part that was started is done, scrap, or on a carrier.
        expect(parts.serials).toBe(parts.finished + parts.scrapped + parts.inPlant.rate);
        expect(cell.read('ST02.Carriers.Loaded')).toBe(parts.inPlant.rate);
        // Nothing stands still: a shift makes parts.
        expect(parts.finished - finished).toBeGreaterThan(300);
        finished = parts.finished;
        for (const station of stations.values()) {
          if (station.timeBook === undefined) continue;
          const times = timesOf(station, t);
          expect(Object.values(times).reduce((sum, us) => sum + us, 0)).toBe(t);
          for (const name of Object.keys(times)) reasons.add(name);
          if (h === 200) expect(times.executing, station.path).toBeGreaterThan(0);
        }
      });
    }
    for (const reason of [
      'starved',
      'executing',
      'blocked',
      'failed',
      'repair',
      'toolChange',
      'noMaterial',
      'noOperator',
    ]) {
      expect(reasons).toContain(reason);
    }
  });

  test('makes 80 to 100 good pumps an hour at the OEE, scrap and power of a line of its kind', () => {
    const cell = pumpLine(7);
    cell.runUntil(hours(80));
    expect(cell.read('Line.Throughput')).toBeGreaterThan(80);
    expect(cell.read('Line.Throughput')).toBeLessThan(100);
    expect(cell.read('Line.Oee')).toBeGreaterThan(70);
    expect(cell.read('Line.Oee')).toBeLessThan(85);
    const scrapShare = 100 - cell.read('Line.Quality');
    expect(scrapShare).toBeGreaterThan(1);
    expect(scrapShare).toBeLessThan(4);
    const meanKw = cell.read('ST12.Meter.Main.Energy') / 80;
    expect(meanKw).toBeGreaterThan(25);
    expect(meanKw).toBeLessThan(45);
  });

  test('obeys L = X W within 0.5 % over 800 h', () => {
    const cell = pumpLine(3);
    cell.runUntil(hours(800));
    const { partHours, left, leadHours } = cell.look(({ parts }, t) => ({
      partHours: parts.inPlant.at(t) / HOUR,
      left: parts.finished + parts.scrapped,
      leadHours: parts.leadUs / HOUR,
    }));
    const wip = partHours / 800;
    const throughputTimesLeadTime = (left / 800) * (leadHours / left);
    expect(Math.abs(throughputTimesLeadTime / wip - 1)).toBeLessThan(0.005);
  });

  test('makes the variants in the shares of its mix', () => {
    const cell = pumpLine(9);
    const made = [0, 0, 0];
    let order = 0;
    while (cell.now < hours(400)) {
      cell.runUntil(cell.now + 60 * SECOND);
      if (cell.read('ST01.Order.Number') === order) continue;
      order = cell.read('ST01.Order.Number');
      made[cell.read('ST01.Order.Variant') - 1] += 1;
    }
    const total = made[0] + made[1] + made[2];
    expect(made.map((n) => n / total)).toEqual([0.5, 0.3, 0.2].map((share) => expect.closeTo(share, 1) as number));
  });
});

describe('energy', () => {
  test('of all stations together is what the main meter shows, to 1e-6 kWh', () => {
    const cell = pumpLine(5);
    for (let h = 1; h <= 24; h++) {
      cell.runUntil(hours(h));
      const sum = pumpLineModel()
        .signals.filter(({ path }) => /^ST\d\d\.Meter\.Energy$/.test(path))
        .reduce((total, { path }) => total + cell.read(path), 0);
      expect(cell.read('ST12.Meter.Main.Energy')).toBeCloseTo(sum, 6);
    }
  });

  test('is the integral of power between any two events', () => {
    const cell = pumpLine(6, { atH: 0.1, target: 'ST03.Fail', value: { reason: 'chip-jam', forS: 100 } });
    const meters = pumpLineModel().signals.filter(({ path }) => /^ST\d\d\.Meter\.Power$/.test(path));
    const read = () =>
      meters.map(({ station }) => [cell.read(`${station}.Meter.Power`), cell.read(`${station}.Meter.Energy`)]);
    const summed = meters.map(() => 0);
    const first = read();
    // Midpoints of short steps that end at each event: power may jump there, energy may not.
    while (cell.now < hours(0.25)) {
      const t = cell.now;
      const end = Math.min(cell.nextUs, t + 0.2 * SECOND);
      const middle = Math.floor((t + end) / 2);
      cell.runUntil(middle);
      read().forEach(([kw], k) => (summed[k] += (kw * (end - t)) / HOUR));
      cell.runUntil(end);
    }
    read().forEach(([, kwh], k) => expect(kwh - first[k][1], meters[k].path).toBeCloseTo(summed[k], 4));
  });
});
