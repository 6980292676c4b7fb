/**
 * Makes a fresh clone ready, and does nothing where nothing is stale. It runs before `npm start`, `npm test` and
 * `npm run check`, so it needs Node alone.
 *
 *     node setup.mjs            installs what the lock file names
 *     node setup.mjs build      ... and builds the web client and the server
 *     node setup.mjs counterparts   ... and finds the programs that the tests talk to: a browser, mosquitto, tshark
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const WANTED_NODE = [20, 19];
const root = import.meta.dirname;
process.chdir(root);

/** Held by the setup that is at work in this folder; its process id is inside. */
const LOCK = 'build/.setup';

/** Programs by the Debian package that brings them. */
const COUNTERPARTS = {
  chromium: 'chromium',
  mosquitto: 'mosquitto',
  mosquitto_sub: 'mosquitto-clients',
  tshark: 'tshark',
};
/** Debian starts nothing that it installs while this says 101. */
const POLICY = '/usr/sbin/policy-rc.d';

function fail(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

function run(command, args, options = {}) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', ...options });
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

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** One setup at a time in a folder: a second one waits, and then finds its work done. */
function takeTurn() {
  mkdirSync(path.dirname(LOCK), { recursive: true });
  for (let hasSaid = false; ;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      process.on('exit', () => rmSync(LOCK, { force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = existsSync(LOCK) ? Number(readFileSync(LOCK, 'utf8')) : 0;
    if (!isAlive(owner)) rmSync(LOCK, { force: true });
    else if (!hasSaid) console.log(`setup: waiting for process ${owner}, which is at it (${LOCK})`);
    hasSaid = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

/** Puts `fresh` in the place of `product` at once: whoever runs on the old one finds each file, old or new. */
function swap(fresh, product) {
  const old = `${fresh}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(product)) renameSync(product, old);
  renameSync(fresh, product);
  rmSync(old, { recursive: true, force: true });
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

/** Whether npm's own note of what it installed names what the lock file names; packages for other machines are not there. */
function isInstalled() {
  const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const note = 'node_modules/.package-lock.json';
  if (!existsSync(note)) return false;
  const [wanted, found] = [packagesIn('package-lock.json'), packagesIn(note)];
  const isThere = (name) => (found[name] ? found[name].version === wanted[name].version : wanted[name].optional);
  return (
    Object.keys(wanted).every((name) => name === '' || isThere(name)) && Object.keys(found).every((n) => wanted[n])
  );
}

/** Where packages are in use already, the new ones are made beside them: `npm ci` itself begins by removing all. */
function install() {
  if (isInstalled()) return;
  console.log('setup: installing packages');
  const aside = path.resolve('build/.packages');
  const place = existsSync('node_modules') ? aside : root;
  rmSync(aside, { recursive: true, force: true });
  if (place === aside) {
    mkdirSync(aside, { recursive: true });
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) copyFileSync(file, path.join(aside, file));
  }
  const options = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  run('npm', ['ci', ...options], { env: cleanEnvironment(), cwd: place });
  if (place === aside) swap(path.join(aside, 'node_modules'), 'node_modules');
  rmSync(aside, { recursive: true, force: true });
}

function build() {
  const shared = ['simulator', 'server', 'package-lock.json', 'vite.config.ts', 'tsconfig.json'];
  const vite = (product, ...more) => {
    const fresh = path.resolve(`${product}.next`);
    const args = ['build', '--logLevel', 'warn', '--outDir', fresh, ...more];
    run(process.execPath, ['node_modules/vite/bin/vite.js', ...args]);
    swap(fresh, product);
  };
  onceFor('building the web client', 'build/.web', 'build/web/index.html', ['web', ...shared], () => vite('build/web'));
  onceFor('building the server', 'build/.server', 'build/server/cli.js', shared, () =>
    vite('build/server', '--mode', 'server'),
  );
}

function findCounterparts() {
  const found = (program) => spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin; command -v ${program}`]).status === 0;
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
  // The broker would begin to serve on the port of our own, now and after each start of the machine.
  const isOurs = packages.includes('mosquitto') && !existsSync(POLICY);
  if (isOurs) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  if (isOurs) process.on('exit', () => rmSync(POLICY, { force: true }));
  const quiet = (args) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  if (!quiet(['update', '-qq']) || !quiet(['install', '-y', '-qq', ...packages])) {
    fail(`apt-get could not install ${packages.join(', ')}; its own words stand above.`);
  }
  if (packages.includes('mosquitto')) spawnSync('systemctl', ['disable', 'mosquitto'], { stdio: 'ignore' });
}

checkNode();
takeTurn();
install();
if (process.argv.includes('build')) build();
if (process.argv.includes('counterparts')) findCounterparts();
