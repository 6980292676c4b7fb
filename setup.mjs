/**
 * Makes a fresh clone ready, and does nothing where nothing is stale. It runs before `npm start`, `npm test` and
 * `npm run check`, so it needs Node alone.
 *
 *     node setup.mjs            installs what the lock file names
 *     node setup.mjs build      ... and builds the web client and the server
 *     node setup.mjs counterparts   ... and finds the programs that the tests talk to: a browser, MQTT clients, tshark
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const WANTED_NODE = [20, 19];
const root = import.meta.dirname;
process.chdir(root);

/** Programs by the Debian package that brings them. */
const COUNTERPARTS = { chromium: 'chromium', mosquitto_sub: 'mosquitto-clients', tshark: 'tshark' };

function fail(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

function run(command, args, env = process.env) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env });
  if (status !== 0) fail(`"${command} ${args.join(' ')}" failed; its own words stand above.`);
}

/** The environment without what the surrounding npm put there: it would change what an inner npm does. */
const cleanEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')));

function* filesBelow(place) {
  if (!existsSync(place)) return;
  for (const entry of readdirSync(place, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(place, entry.name);
    if (entry.isDirectory()) yield* filesBelow(file);
    else yield file;
  }
}

function digest(places) {
  const hash = createHash('sha256');
  for (const place of places) {
    const files = existsSync(place) && !place.includes('.') ? filesBelow(place) : [place];
    for (const file of files)
      if (existsSync(file)) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** Does `work` unless it was last done with the same input and left `product` behind. */
function onceFor(name, marker, product, input, work) {
  const key = digest(input);
  if (existsSync(product) && existsSync(marker) && readFileSync(marker, 'utf8') === key) return;
  console.log(`setup: ${name}`);
  work();
  mkdirSync(path.dirname(marker), { recursive: true });
  writeFileSync(marker, key);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = WANTED_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(
    `Verkstad needs Node ${WANTED_NODE.join('.')} or later and this is ${process.versions.node}. Install Node 20, 22 or 24.`,
  );
}

function install() {
  onceFor('installing packages', 'node_modules/.verkstad-lock', 'node_modules/vite', ['package-lock.json'], () =>
    run(
      'npm',
      ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      cleanEnvironment(),
    ),
  );
}

function build() {
  const shared = ['simulator', 'server', 'package-lock.json', 'vite.config.ts', 'tsconfig.json'];
  const vite = (...args) =>
    run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', ...args]);
  onceFor('building the web client', 'build/.web', 'build/web/index.html', ['web', ...shared], () => vite());
  onceFor('building the server', 'build/.server', 'build/server/cli.js', shared, () => vite('--mode', 'server'));
}

function findCounterparts() {
  const found = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  const missing = Object.keys(COUNTERPARTS).filter((program) => !found(program));
  if (missing.length === 0) return;
  const packages = missing.map((program) => COUNTERPARTS[program]);
  if (process.getuid?.() !== 0 || !found('apt-get')) {
    fail(
      `The tests talk to ${missing.join(', ')}. Install ${packages.join(', ')} (Debian: apt-get install ${packages.join(' ')}).`,
    );
  }
  console.log(`setup: installing ${packages.join(', ')} for the tests`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = (args) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  if (!quiet(['update', '-qq']) || !quiet(['install', '-y', '-qq', ...packages])) {
    fail(`apt-get could not install ${packages.join(', ')}; its own words stand above.`);
  }
}

checkNode();
install();
if (process.argv.includes('build')) build();
if (process.argv.includes('counterparts')) findCounterparts();
