import { join } from 'node:path';
import { Definitions } from '#server/cells/definitions.ts';
import { type Attempts, createAttempts } from '#server/labs/attempts.ts';
import { type CellCatalogue, catalogueOf } from '#server/labs/catalogue.ts';
import { type LabLibrary, loadLabs } from '#server/labs/load.ts';
import { AttemptsTable } from '#server/store/attempts-table.ts';
import { cellsFolder, type HostForTest, hostForTest, temporaryFolder } from './host-for-test.ts';

const catalogue = catalogueOf(new Definitions(cellsFolder).patched('pump-line').model);
export const catalogueForTest = (base: string): CellCatalogue | undefined =>
  base === 'pump-line' ? catalogue : undefined;

/** All labs there are. */
export const labsForTest = (): LabLibrary => loadLabs(join(cellsFolder, '..'), catalogueForTest);

/** From which attempts for test draw. */
export const secretForTest = Buffer.from('the secret of this test');

/** Attempts on a real host with a real database, which may die and be opened again. */
export class AttemptsForTest {
  line!: HostForTest;
  attempts!: Attempts;
  store!: AttemptsTable;
  private people = 0;
  private readonly folder = temporaryFolder();

  constructor(
    private readonly library: Pick<LabLibrary, 'labs' | 'areas'>,
    private readonly name: string,
  ) {}

  async open(): Promise<void> {
    this.line = await hostForTest(this.folder.path);
    const { host, store, wall } = this.line;
    this.store = new AttemptsTable(store);
    this.attempts = createAttempts({
      ...{ host, library: this.library, secret: secretForTest, now: wall.now },
      store: this.store,
      catalogue: catalogueForTest,
    });
  }

  /** The server dies and comes back. */
  async dieAndOpen(): Promise<void> {
    await this.line.die();
    await this.open();
  }

  /** A participant whom nobody has seen before. */
  async someone(): Promise<string> {
    const id = `p-${this.name}${++this.people}`;
    await this.line.participants.add(id, this.line.wall.now());
    return id;
  }

  async close(): Promise<void> {
    await this.line.close();
    this.folder.remove();
  }
}
