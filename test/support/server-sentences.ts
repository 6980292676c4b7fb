import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A sentence as it stands in the source, with `{}` where a value is put in. */
export interface SourceSentence {
  readonly text: string;
  readonly where: string;
}

/**
 * Files whose sentences no page shows: of a definition while it is loaded, of the command line and the settings, of
 * orders that vehicles get over MQTT, of what only a wire client reads, and of what both languages stand beside.
 */
const ELSEWHERE = [
  ...[
    'simulator/cell/build-plant',
    'simulator/cell/checkpoints',
    'simulator/cell/create-cell',
    'simulator/cell/definition',
  ],
  ...['simulator/cell/plant-time', 'simulator/cell/planned-fault', 'simulator/cell/scenario', 'simulator/cell/seed'],
  ...[
    'simulator/cell/spc',
    'simulator/kernel/fields',
    'simulator/kernel/memory',
    'simulator/kernel/queue',
    'simulator/kernel/window',
    'simulator/plant/command-argument',
    'simulator/plant/distribution',
  ],
  ...[
    'simulator/plant/loop/loop.ts',
    'simulator/plant/names',
    'simulator/plant/network/network-zones',
    'simulator/plant/parts/',
  ],
  ...['simulator/plant/people/shift-calendar', 'simulator/plant/plant.ts', 'simulator/plant/utilities/'],
  ...[
    'simulator/plant/vehicles/master-control',
    'simulator/plant/vehicles/vda5050',
    'simulator/plant/way',
    'simulator/plant/machining/spectrum',
  ],
  ...[
    'server/bench/',
    'server/cells/load',
    'server/cli',
    'server/config',
    'server/contract/',
    'server/http/http-server',
  ],
  ...['server/jobs/relive', 'server/jobs/worker-file', 'server/labs/cli', 'server/labs/format/', 'server/labs/lab.ts'],
  ...[
    'server/labs/judge/',
    'server/labs/lint/',
    'server/labs/prove',
    'server/main',
    'server/mqtt/',
    'server/opcua/companion/add',
    'server/opcua/companion/declared',
    'server/opcua/companion/expand',
    'server/opcua/companion/states',
  ],
  ...['server/opcua/address-space', 'server/opcua/certificates', 'server/opcua/union', 'server/project-root'],
  ...[
    'server/store/data-folder',
    'server/store/migrations',
    'server/tls-files',
    'server/tunnel/',
    'server/opcua/opcua-server',
  ],
  ...['server/reports', 'server/labs/regrade-command', 'server/labs/explain', 'server/labs/shelf'],
];

/** Every sentence of the server and the simulator that may reach a page: a failure of the program itself does not. */
export function serverSentences(): SourceSentence[] {
  const found = new Map<string, string>();
  for (const source of sources()) {
    const visit = (node: ts.Node): void => {
      if (isCrash(node) || isBilingual(node)) return;
      const text = sentenceIn(textOf(node));
      if (text !== undefined) {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        if (!found.has(text)) found.set(text, `${source.fileName}:${line}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return [...found].map(([text, where]) => ({ text, where }));
}

let read: readonly ts.SourceFile[] | undefined;

/** The files that may say something on a page, read once. */
const sources = (): readonly ts.SourceFile[] =>
  (read ??= ['simulator', 'server']
    .flatMap(filesBelow)
    .filter((file) => !ELSEWHERE.some((start) => file.startsWith(start)))
    .map((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return path.endsWith('.ts') && !path.endsWith('.d.ts') ? [path] : [];
  });
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
  }
  return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) ? node.text : undefined;
}

/** Without sentences that are put in before it or after it: `{} At most {}.`, `There is no alarm {}.{}`. */
function sentenceIn(text: string | undefined): string | undefined {
  const bare = text
    ?.trim()
    .replace(/^\{\} (?=[A-Z])/, '')
    .replace(/(?<=[.?!])\{\}$/, '');
  if (bare === undefined || /[åäö]/.test(bare)) return undefined;
  return / /.test(bare) && /[.?!]$/.test(bare) && /^[A-Z"'{]/.test(bare) ? bare : undefined;
}

const isCrash = (node: ts.Node): boolean =>
  ts.isNewExpression(node) && /^(Error|TypeError|RangeError)$/.test(node.expression.getText());

/** `text(en, sv)` and its like, and `{ en, sv }`. */
function isBilingual(node: ts.Node): boolean {
  if (ts.isCallExpression(node))
    return /^(text|fault|row|oneOf|words|jsonObject|stationOf|wholeNumber)$/.test(node.expression.getText());
  return ts.isPropertyAssignment(node) && /^(en|sv|summary|description)$/.test(node.name.getText());
}

/** Every code of a failure that a route may answer with. */
export function serverCodes(): string[] {
  const found = new Set<string>();
  for (const source of sources()) {
    const visit = (node: ts.Node): void => {
      if (ts.isNewExpression(node) && node.expression.getText() === 'AppError') {
        const [code] = node.arguments ?? [];
        if (ts.isStringLiteral(code)) found.add(code.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return [...found];
}
