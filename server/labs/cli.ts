import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { CliCommand } from '#server/command-line.ts';
import { projectRoot } from '#server/project-root.ts';
import { print } from '#server/print.ts';
import { acceptanceOf, showAcceptance } from './acceptance.ts';
import { labSchema } from './format/json-schema.ts';
import { showWithCaret } from './problem.ts';
import { PUBLISHED } from './publication.ts';
import { publishLab } from './publish-command.ts';
import { regradeLabs } from './regrade-command.ts';
import type { OpenServer } from './prove/proof-server.ts';
import { labShelf } from './shelf.ts';

const USAGE = `\
labs lint [FOLDER] [--draws N]
labs prove [AREA/LAB] [--seeds N] [--wire N] [--threads N] [--json]
labs publish AREA/LAB
labs regrade [AREA/LAB] [--apply]
labs schema`;
const FOLDER = join(projectRoot(), 'labs');

/** Where editors find the keys of lab.yaml: `# yaml-language-server: $schema=../../lab.schema.json`. */
const SCHEMA = join(FOLDER, 'lab.schema.json');

function writeSchema(): void {
  writeFileSync(SCHEMA, `${JSON.stringify(labSchema(), null, 2)}\n`);
  print(relative(process.cwd(), SCHEMA));
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
    threads: { type: 'string' },
    draws: { type: 'string' },
    json: { type: 'boolean' },
    apply: { type: 'boolean' },
  },
  async run(given) {
    const [what, ...rest] = given.words;
    if (rest.length > 1) throw given.wrong(`"${rest[1]}" is too much`);
    if (what === 'lint') lint(rest[0], given.text('draws') === '0' ? 0 : given.count('draws', 20));
    else if (what === 'prove')
      await (await import('./prove/prove-command.ts')).proveLabs(labShelf(FOLDER), FOLDER, given, openServer);
    else if (what === 'schema') writeSchema();
    else if (what === 'publish') publishLab(labShelf(FOLDER), FOLDER, rest[0] ?? '');
    else if (what === 'regrade') await regradeLabs(labShelf(FOLDER), FOLDER, rest[0], given.flag('apply'));
    else
      throw given.wrong(what === undefined ? 'lint, schema, prove, publish or regrade?' : `There is no "labs ${what}"`);
  },
});

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** `draws`: how many draws of each lab with conditions are looked at, to say how many are fair. */
function lint(folder: string | undefined, draws: number): void {
  const shelf = labShelf(FOLDER, folder);
  const { labs, problems } = shelf.read();
  for (const problem of problems)
    print(showWithCaret({ ...problem, file: relative(process.cwd(), problem.file) || problem.file }));
  const unfair = [...labs.values()].filter((lab) => {
    const found = draws > 0 ? acceptanceOf(lab, shelf, draws) : undefined;
    if (found) print(showAcceptance(lab, found));
    return found?.fair === 0;
  });
  for (const { id } of unfair) print(`${id} error never-fair "where" lets no draw through`);
  const errors = unfair.length + problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length + unfair.length - errors;
  print([counted(labs.size, 'lab'), counted(errors, 'error'), counted(warnings, 'warning')].join(', '));
  const open = [...labs.values()].filter(({ files }) => files[PUBLISHED] === undefined).map(({ id }) => id);
  if (open.length > 0) print(`Not published yet, so that "version" may stay as it is: ${open.join(', ')}`);
  if (errors) process.exitCode = 1;
}
