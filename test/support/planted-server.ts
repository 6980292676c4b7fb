import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nextSeed } from '#server/cells/lives.ts';
import { openStore } from '#server/store/open-store.ts';
import { temporaryFolder } from './host-for-test.ts';
import { copyLabs } from './lab-copies.ts';
import { type Marker, seedMarker, textMarker } from './markers.ts';
import { type ApiClient, type ServerForTest, startServer } from './start-server.ts';

const LABS = fileURLToPath(new URL('../../labs', import.meta.url));
const LAB = 'iiot/meet-the-machine';

/** A picture that the guide of the planted lab shows. */
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>\n';
export const plantedPicture = createHash('sha256').update(PICTURE).digest('hex').slice(0, 32);

/** Numbers and words that stand nowhere else, and where each is planted. */
const planted = {
  'fault of the line': '7.0931173',
  'time of a fault of the line': '23411.173',
  'fault of the lab': '0.041973115',
  'tolerance of a check': '4.0737151',
  solution: '48151623.42',
  'wrong way': 'planted-wrong-way',
  'note for teachers': 'PlantedTeacherNote7f3a9',
} as const;

export interface PlantedServer {
  readonly server: ServerForTest;
  /** Whoever looks; has a lab under way. */
  readonly ann: ApiClient;
  readonly attempt: string;
  /** Current cell of Ann. */
  readonly cell: string;
  /** All that Ann must not come to see, by any way. */
  readonly markers: readonly Marker[];
  close(): Promise<void>;
}

/** A server with recognisable secrets of every kind, one participant who looks for them, and another whom they concern. */
export async function plantedServer(): Promise<PlantedServer> {
  const folder = temporaryFolder();
  const labsDir = join(folder.path, 'PlantedLabsFolder');
  plant(labsDir);
  const server = await startServer({ labsDir, workers: 1 });
  const close = async () => {
    await server.close();
    folder.remove();
  };
  try {
    const [ann, bo] = [await server.tryIt(), await server.tryIt()];
    const started = [];
    for (const each of [bo, ann]) {
      const { status, body } = await each.send('POST', '/attempts', { lab: LAB });
      if (status !== 200) throw new Error(`The planted lab does not start: ${JSON.stringify(body)}`);
      started.push({ attempt: body.id as unknown as string, cell: body.cell as unknown as string });
    }
    const [of, own] = started;
    const others = { 'id of another': bo.me.id, 'key of another': bo.me.key, 'cell of another': of.cell };
    const { dataDir } = server;
    const secret = readFileSync(join(dataDir, 'secret'), 'utf8').trim();
    const secretBytes = Buffer.from(secret, 'hex');
    const markers = [
      ...Object.entries({ ...planted, ...others, 'attempt of another': of.attempt }).map(([name, text]) =>
        textMarker(name, text),
      ),
      ...[dataDir, labsDir].map((path) => textMarker('folder of the server', path)),
      {
        name: 'secret of the server',
        bytes: [...textMarker('', secret).bytes, secretBytes, secretBytes.subarray(0, 16)],
      },
      ...(await seedsIn(dataDir)),
    ];
    return { server, ann, markers, attempt: own.attempt, cell: own.cell, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function plant(labsDir: string): void {
  copyLabs(LABS, labsDir);
  const edit = (file: string, change: (text: string) => string): void => {
    const path = join(labsDir, file);
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`Nothing was planted in ${file}: adapt plant() to it.`);
    writeFileSync(path, after);
  };
  const [bias, atS, labBias, within, product] = Object.values(planted);
  edit('cells/pump-line.yaml', (text) =>
    text.replace(
      /^stations:$/m,
      `scenario:\n  - { fault: sensor-bias, signal: ST12.Air.Pressure, by: ${bias}, at: ${atS} s }\n\nstations:`,
    ),
  );
  const lab = `${LAB}/lab.yaml`;
  edit(lab, (text) =>
    text.replace(
      /^scenario:$/m,
      `scenario:\n  - { at: Mon 06:20, fault: sensor-bias, signal: ST12.Air.Flow, by: ${labBias} }`,
    ),
  );
  edit(lab, (text) => text.replace('within: 4 s', `within: ${within} s`));
  edit(lab, (text) => text.replace('- runFor: 5 min', `- let: { marker: '1 * ${product}' }\n    - runFor: 5 min`));
  edit(lab, (text) => text.replaceAll('minutes-too-long', planted['wrong way']));
  mkdirSync(join(labsDir, LAB, 'assets'), { recursive: true });
  writeFileSync(join(labsDir, LAB, 'assets/planted.svg'), PICTURE);
  for (const language of ['en', 'sv']) {
    edit(`${LAB}/guide.${language}.md`, (text) => `${text}\n![A triangle](assets/planted.svg)\n`);
    edit(`${LAB}/teacher.${language}.md`, (text) => `${text}\n${planted['note for teachers']}\n`);
    const texts = join(labsDir, `${LAB}/texts.${language}.yaml`);
    writeFileSync(texts, readFileSync(texts, 'utf8').replaceAll('minutes-too-long', planted['wrong way']));
  }
}

/** The seeds of all cells, and of the runs that a reset would begin. */
async function seedsIn(dataDir: string): Promise<Marker[]> {
  const store = await openStore(dataDir);
  try {
    const rows = await store.db.selectFrom('runs').select(['seed']).execute();
    return rows.flatMap(({ seed }) => [
      seedMarker('seed', seed),
      ...[2, 3].map((run) => seedMarker(`seed of run ${run}`, nextSeed(seed, run))),
    ]);
  } finally {
    await store.close();
  }
}
