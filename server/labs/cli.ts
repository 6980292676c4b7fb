import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Definitions } from '#server/cells/definitions.ts';
import { type CliCommand, type GivenArguments, UsageError } from '#server/command-line.ts';
import { AppError } from '#server/errors.ts';
import { readConfig } from '#server/config.ts';
import { projectRoot } from '#server/project-root.ts';
import { AttemptsTable } from '#server/store/attempts-table.ts';
import { openDataFolder } from '#server/store/data-folder.ts';
import { openStore } from '#server/store/open-store.ts';
import { type CellCatalogue, catalogueOf } from './catalogue.ts';
import { labSchema } from './format/json-schema.ts';
import type { Difference } from './judge/regrade.ts';
import type { Lab } from './lab.ts';
import { type LabLibrary, loadLab, loadLabs } from './load.ts';
import { showWithCaret } from './problem.ts';
import { regradeAll } from './regrade-all.ts';
import { overWire } from './prove/over-wire.ts';
import { type OpenServer, startProofServer } from './prove/proof-server.ts';
import { type Proof, proveLab } from './prove/prove-lab.ts';
import { shortCuts } from './prove/short-cuts.ts';

const USAGE =
  'labs lint [FOLDER] | labs schema | labs prove [AREA/LAB] [--seeds N] [--wire N] [--json] | labs regrade [AREA/LAB] [--apply]';
const FOLDER = join(projectRoot(), 'labs');

/** Where editors find the keys of lab.yaml: `# yaml-language-server: $schema=../../lab.schema.json`. */
const SCHEMA = join(FOLDER, 'lab.schema.json');

function writeSchema(): void {
  writeFileSync(SCHEMA, `${JSON.stringify(labSchema(), null, 2)}\n`);
  console.log(relative(process.cwd(), SCHEMA));
}

/**
 * `verkstad labs lint` and `verkstad labs prove`. A proof plays `--seeds` lines by a short cut without sockets, and `--wire`
 * lines through real clients against a server of its own.
 */
export const labsCommand = (openServer: OpenServer): CliCommand => ({
  usage: USAGE,
  options: {
    seeds: { type: 'string' },
    wire: { type: 'string' },
    json: { type: 'boolean' },
    apply: { type: 'boolean' },
  },
  async run(given) {
    const [what, ...rest] = given.words;
    if (rest.length > 1) throw given.wrong(`"${rest[1]}" is too much`);
    if (what === 'lint') lint(rest[0]);
    else if (what === 'prove') await prove(rest[0], given, openServer);
    else if (what === 'schema') writeSchema();
    else if (what === 'regrade') await regrade(rest[0], given);
    else throw given.wrong(what === undefined ? 'lint, schema, prove or regrade?' : `There is no "labs ${what}"`);
  },
});

function readLibrary(folder: string | undefined): LabLibrary {
  if (folder === undefined) return loadLabs(FOLDER, catalogues());
  const path = resolve(folder);
  if (existsSync(join(path, 'areas.yaml'))) return loadLabs(path, catalogues());
  if (!existsSync(join(path, 'lab.yaml')))
    throw new AppError(
      'no_lab',
      `There is no lab in ${folder}.`,
      'Name a folder with a lab.yaml, or one with an areas.yaml.',
    );
  const { lab, problems } = loadLab(path, basename(dirname(path)), catalogues());
  return { labs: new Map(lab ? [[lab.id, lab]] : []), areas: new Map(), problems };
}

function catalogues(): (base: string) => CellCatalogue | undefined {
  const definitions = new Definitions(join(FOLDER, 'cells'));
  const known = new Map<string, CellCatalogue>();
  return (base) => {
    if (!existsSync(join(FOLDER, 'cells', `${base}.yaml`))) return undefined;
    const catalogue = known.get(base) ?? catalogueOf(definitions.patched(base).model);
    known.set(base, catalogue);
    return catalogue;
  };
}

function lint(folder: string | undefined): void {
  const { labs, problems } = readLibrary(folder);
  for (const problem of problems)
    console.log(showWithCaret({ ...problem, file: relative(process.cwd(), problem.file) || problem.file }));
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  console.log(`${labs.size} labs, ${errors} errors, ${problems.length - errors} warnings`);
  if (errors) process.exitCode = 1;
}

/** Judges what is in the data folder again, from stored facts; shows the differences, and applies what they raise if asked to. */
async function regrade(id: string | undefined, given: GivenArguments): Promise<void> {
  const { labs } = readLibrary(undefined);
  const folder = await openDataFolder(readConfig(process.env).dataDir);
  const store = await openStore(readConfig(process.env).dataDir);
  try {
    const all = await regradeAll(new AttemptsTable(store), labs, { lab: id, isApplied: given.flag('apply') });
    const changed = all.filter(({ differences, missing }) => differences.length > 0 || missing !== undefined);
    for (const { attempt, lab, step, differences, missing } of changed)
      for (const line of missing === undefined
        ? differences.map(showDifference)
        : [`not judged: nothing is stored of "${missing}"`])
        console.log(`${attempt} ${lab} ${step}: ${line}`);
    console.log(`${all.length} judgements looked at by stored facts, ${changed.length} would change`);
    if (!given.flag('apply')) console.log('Nothing was changed. With --apply points are raised, never lowered.');
  } finally {
    await store.close();
    folder.release();
  }
}

const showDifference = ({ check, before, after }: Difference): string => `${check} ${before} -> ${after} points`;

async function prove(id: string | undefined, given: GivenArguments, openServer: OpenServer): Promise<void> {
  const { labs, problems } = readLibrary(undefined);
  const broken = problems.filter(({ severity }) => severity === 'error');
  for (const problem of broken) console.error(showWithCaret(problem));
  const wanted = id === undefined ? [...labs.values()] : [labs.get(id)].filter((lab): lab is Lab => lab !== undefined);
  if (id !== undefined && !wanted.length)
    throw new UsageError(`There is no lab "${id}" without errors. Known are ${[...labs.keys()].join(', ')}.`);
  const definitions = new Definitions(join(FOLDER, 'cells'));
  const options = {
    models: (base: string, set: Readonly<Record<string, unknown>>) => definitions.patched(base, set).model,
    catalogue: catalogues(),
  };
  const seeds = given.count('seeds', 20);
  const wire = given.count('wire', 3);
  const proofs: Proof[] = [];
  for (const lab of wanted) {
    for (const how of ['short cut', 'wire'] as const) {
      const proof =
        how === 'wire'
          ? await proveOverWire(lab, openServer, wire)
          : await proveLab(lab, shortCuts(lab, options), { seeds, wrong: 'every seed' });
      proofs.push(proof);
      if (!given.flag('json')) console.log(showProof(proof, how));
    }
  }
  if (given.flag('json')) console.log(JSON.stringify(proofs));
  if (broken.length || proofs.some((proof) => proof.problems.length)) process.exitCode = 1;
}

async function proveOverWire(lab: Lab, openServer: OpenServer, seeds: number): Promise<Proof> {
  const server = await startProofServer(openServer);
  try {
    return await proveLab(lab, overWire(server), { seeds, wrong: 'once' });
  } finally {
    await server.close();
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function showProof({ lab, seeds, outOf, honest, nothing, checks, wrong, problems }: Proof, how: string): string {
  return [
    `${lab} by ${how}: ${seeds} seeds, solution full in ${percent(honest)} (${outOf} points), nothing scores ${nothing}`,
    ...checks.map(({ check, honest: rate, copy, guess }) => {
      const copied = copy === undefined ? '' : `, copy ${percent(copy)}`;
      const guessed = guess === undefined ? '' : `, guess ${percent(guess)}`;
      return `  ${check}: honest ${percent(rate)}${copied}${guessed}`;
    }),
    ...wrong.map(({ id, right }) => `  wrong attempt ${id}: loses what it should in ${percent(right)}`),
    ...problems.map((problem) => `  PROBLEM ${problem}`),
    problems.length ? 'not proven' : 'proven',
  ].join('\n');
}
