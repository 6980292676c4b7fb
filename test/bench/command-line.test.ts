import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';

const aNumber: unknown = expect.any(Number);
const MM1 = 'labs/cells/theory/mm1.yaml';

// What people run: the built one, made first where it is stale. It starts in a quarter of the time of the sources.
beforeAll(() => {
  expect(spawnSync(process.execPath, ['setup.mjs', 'build'], { stdio: 'ignore' }).status).toBe(0);
}, 300_000);

function verkstadWith(env: Readonly<Record<string, string>>, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['build/server/cli.js', ...args], {
    ...{ encoding: 'utf8' as const, env: { ...process.env, ...env } },
  });
  return { status, stdout, stderr };
}
const verkstad = (...args: string[]) => verkstadWith({}, ...args);

function fileWith(yaml: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'verkstad-cell-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'cell.yaml');
  writeFileSync(file, yaml);
  return file;
}

test.each([
  [['frobnicate'], 'There is no command "frobnicate"'],
  [['simulate', MM1, '--sped', '3'], "Unknown option '--sped'"],
  [['simulate'], 'Something is missing'],
  [['simulate', MM1, '--hours', 'many'], '--hours wants a number above 0'],
  [['history', MM1], '--signals is missing'],
  [['what-if', MM1, '--forks', '1'], '--forks wants 2 or more'],
  [['what-if', MM1, '--set', 'Server.time'], '--set wants Path=value'],
  [['bench', 'everything'], 'There is no bench "everything"'],
])('a wrong use is one line and exit code 2: %j', (args, sentence) => {
  const { status, stdout, stderr } = verkstad(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toContain(sentence);
});

test('alone it says what each command does, and each says what it takes', () => {
  const { status, stdout } = verkstad();
  const names = [...stdout.matchAll(/^verkstad (\S+) +\S.{10,}$/gm)].map(([, name]) => name);
  expect({ status, names }).toEqual({
    status: 0,
    names: ['start', 'simulate', 'what-if', 'history', 'labs', 'reports', 'connect', 'bench'],
  });
  expect(verkstad('labs', '--help').stdout).toMatch(/^(verkstad labs [a-z]+( .+)?\n){5}$/);
});

test('what keeps the server from starting is one sentence and what to do, with exit code 1', () => {
  const file = fileWith('no folder');
  const { status, stdout, stderr } = verkstadWith(
    { VERKSTAD_DATA_DIR: join(file, 'data'), VERKSTAD_HTTP_PORT: '0' },
    'start',
  );
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(`verkstad: The data folder ${join(file, 'data')} cannot be written`);
  expect(stderr).toContain('VERKSTAD_DATA_DIR');
  expect(stderr.trimEnd().split('\n')).toHaveLength(2);
});

test('simulate prints one object, and the same hash for the same seed', () => {
  const run = () => JSON.parse(verkstad('simulate', MM1, '--seed', '7', '--hours', '1', '--json').stdout) as object;
  const [first, second] = [run(), run()];
  expect(first).toMatchObject({
    hash: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
    hours: 1,
    events: aNumber,
    cpuMs: aNumber,
    cpuColdMs: aNumber,
    kpis: { throughputPerHour: aNumber, leadTimeS: aNumber, wip: aNumber },
    stations: { Server: { utilisation: aNumber, states: { executing: aNumber } } },
  });
  expect(second).toMatchObject({ hash: (first as { hash: string }).hash });
});

test('what-if compares a line with settings, and the same luck gives the same answer', () => {
  const line = 'labs/cells/pump-line.yaml';
  const args = ['what-if', line, '--after', '1', '--hours', '0.5', '--forks', '4', '--set', 'ST02.Belt.Speed=0.3'];
  const first = verkstad(...args, '--json').stdout;
  expect(JSON.parse(first)).toMatchObject({
    ...{ hours: 0.5, forks: 4, commonNumbers: true, cpuMs: aNumber },
    variants: [
      { name: 'As it is', means: { throughputPerHour: { n: 4, mean: aNumber, low: aNumber, high: aNumber } } },
      { name: 'ST02.Belt.Speed=0.3', differences: { leadTimeMin: { mean: aNumber, gain: aNumber } } },
    ],
  });
  const steady = (text: string) => text.replace(/"cpuMs": [\d.]+/, '');
  expect(steady(verkstad(...args, '--json').stdout)).toBe(steady(first));
  expect(verkstad(...args).stdout).toMatch(/Lead time +[\d.]+ \+- [\d.]+ min/);
});

test('replications turn each figure into a mean and its standard error, and settings take effect', () => {
  const args = ['simulate', MM1, '--hours', '1', '--replications', '4', '--set', 'Server.time=0.5', '--json'];
  const report = JSON.parse(verkstad(...args).stdout) as {
    stations: Record<string, { utilisation: { mean: number } }>;
  };
  expect(report).toMatchObject({ kpis: { wip: { mean: aNumber, standardError: aNumber } } });
  expect(report.stations.Server.utilisation.mean).toBeGreaterThan(0.3);
  expect(report.stations.Server.utilisation.mean).toBeLessThan(0.5);
});

test('history prints columns on a grid, and raw samples without one', () => {
  const signals = ['--signals', 'Queue.Parts.Count,Exit.Parts.Taken'];
  const grid = verkstad('history', MM1, ...signals, '--from', '60', '--to', '2min', '--every', '20s', '--csv').stdout;
  expect(grid).toMatch(/^seconds,Queue\.Parts\.Count,Exit\.Parts\.Taken\n60,\d+,\d+\n80,.*\n100,.*\n120,\d+,\d+\n$/);
  const raw = verkstad('history', MM1, ...signals, '--to', '10s', '--csv').stdout;
  expect(raw).toMatch(/^seconds,signal,value,status\n[\d.]+,(Queue|Exit)\./);
});

test('a broken cell is told with file, line and column, all at once', () => {
  const file = fileWith(
    'parts: 4\nstations:\n  M1:\n    type: machin\n  M2: { type: machine, tiem: 3, time: x, to: M9 }\n',
  );
  const { status, stderr } = verkstad('simulate', file);
  expect(status).toBe(1);
  expect(stderr).toContain(`${file}:4:5 M1 has the unknown type "machin". Did you mean "machine"?`);
  expect(stderr).toContain(`${file}:5:24 M2 has no setting "tiem". Did you mean "time"?`);
  expect(stderr).toContain(`${file}:5:33 "x" is no distribution.`);
  expect(stderr).toContain(`${file}:5:42 M2 leads to "M9", which is no station.`);
});

test('a signal or setting that does not exist is named with what was probably meant', () => {
  expect(verkstad('history', MM1, '--signals', 'Queue.Parts.Cont').stderr).toContain(
    'Did you mean "Queue.Parts.Count"?',
  );
  expect(verkstad('simulate', MM1, '--set', 'Server.tmie=3').stderr).toContain('Did you mean "Server.time"?');
});

test('a bench prints figures by stable names and no verdict', () => {
  const report = JSON.parse(verkstad('bench', 'history', '--json').stdout) as object;
  expect(report).toEqual({
    bench: 'history',
    machine: expect.any(String) as unknown,
    rows: [{ measure: 'signal8h1Hz.ms', value: aNumber, unit: 'ms' }],
  });
});
