import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CommandResult } from '#contract/command.ts';
import type { Me } from '#contract/participant.ts';
import { resumeCell } from '#simulator/cell/create-cell.ts';
import type { DefinitionInput } from '#simulator/cell/definition.ts';
import { Model } from '#simulator/cell/model.ts';
import { scenarioOf } from '#server/labs/attempt-host.ts';
import { CellLogs } from '#server/store/cell-logs.ts';
import { CellsTable } from '#server/store/cells-table.ts';
import { openStore } from '#server/store/open-store.ts';
import { type ApiClient, apiClient, basic, tryItAt } from './start-server.ts';

export interface KillReport {
  readonly rounds: number;
  readonly commands: number;
  readonly answers: number;
  /** Requests that were under way when the server died, and were sent again. */
  readonly retried: number;
  /** What was acknowledged and is gone, or came out differently. Should be empty. */
  readonly lost: string[];
}

const script = fileURLToPath(new URL('./web-only-server.ts', import.meta.url));
const targets = [
  { target: 'ST03.Hold' },
  { target: 'ST03.Unhold' },
  { target: 'ST07.Hold' },
  { target: 'ST07.Unhold' },
  { target: 'ST99.Hold' },
];

async function open(folder: string): Promise<{ child: ChildProcess; pageUrl: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('The server has no output.');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, pageUrl: (JSON.parse(line) as { pageUrl: string }).pageUrl };
}

/**
 * Kills a server again and again while commands and answers arrive, and looks each time whether something that was
 * acknowledged is gone, and whether the cell stands where a replay of its log says.
 */
export async function killRounds(folder: string, rounds: number): Promise<KillReport> {
  const known = new Map<string, CommandResult>();
  const pending = new Map<string, object>();
  const lost: string[] = [];
  let saved = 0;
  let sent = 0;
  let count = 0;
  let retried = 0;
  let me: Me | undefined;
  let attempt = '';

  /** Sends until the server dies. */
  const work = async (client: ApiClient, lane: number, isAlive: () => boolean): Promise<void> => {
    while (isAlive()) {
      const id = `command-${lane}-${count++}`;
      const command = { id, ...targets[count % targets.length] };
      pending.set(id, command);
      const answer = await client.send('POST', `/cells/${me?.cell}/commands`, command).catch(() => undefined);
      if (answer?.status !== 200) continue;
      known.set(id, answer.body as unknown as CommandResult);
      pending.delete(id);
    }
  };
  const type = async (client: ApiClient, isAlive: () => boolean): Promise<void> => {
    while (isAlive()) {
      const value = ++sent;
      const path = `/attempts/${attempt}/answers/find`;
      const answer = await client.send('PUT', path, { answers: { first: String(value) } }).catch(() => undefined);
      if (answer?.status === 200) saved = value;
    }
  };

  for (let round = 0; round <= rounds; round++) {
    const { child, pageUrl } = await open(folder);
    let isAlive = true;
    me ??= (await tryItAt(pageUrl)).me;
    const client = apiClient(pageUrl, basic(me));
    if (attempt === '') {
      const started = await client.send('POST', '/attempts', { lab: 'iiot/meet-the-machine' });
      attempt = (started.body as unknown as { id: string }).id;
      me = (await client.send('GET', '/me')).body as unknown as Me;
    }
    for (const [id, result] of known) {
      const command = { id, target: 'ST03.Hold' };
      const again = await client.send('POST', `/cells/${me.cell}/commands`, command);
      if (JSON.stringify(again.body) !== JSON.stringify(result)) lost.push(`${id}: ${JSON.stringify(again.body)}`);
    }
    for (const [id, command] of pending) {
      const [first, second] = [
        await client.send('POST', `/cells/${me.cell}/commands`, command),
        await client.send('POST', `/cells/${me.cell}/commands`, command),
      ];
      retried += 1;
      if (first.status !== 200 || JSON.stringify(first.body) !== JSON.stringify(second.body)) lost.push(`retry ${id}`);
      known.set(id, first.body as unknown as CommandResult);
      pending.delete(id);
    }
    const typed = await answerOf(folder, attempt);
    if (saved > typed || typed > sent) lost.push(`answer ${saved} of ${sent} is ${typed}`);
    const wrong = await compareWithReplay(folder, pageUrl, me.cell, Math.max(0, ...[...known.values()].map(at)));
    if (wrong) lost.push(wrong);
    if (round < rounds) {
      const going = [work(client, 0, () => isAlive), work(client, 1, () => isAlive), type(client, () => isAlive)];
      await wait(150 + Math.random() * 700);
      child.kill('SIGKILL');
      await once(child, 'exit');
      isAlive = false;
      await Promise.all(going);
    } else {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  return { rounds, commands: known.size, answers: saved, retried, lost };
}

const at = ({ atUs, status }: CommandResult): number => (status === 'done' ? atUs : 0);

async function answerOf(folder: string, attempt: string): Promise<number> {
  const store = await openStore(folder);
  const row = await store.db
    .selectFrom('answers')
    .select('typed')
    .where('attempt', '=', attempt)
    .where('ask', '=', 'first')
    .executeTakeFirst();
  await store.close();
  return Number(row?.typed ?? 0);
}

/** The cell of the running server beside one that lives the whole log again from its beginning. */
async function compareWithReplay(
  folder: string,
  pageUrl: string,
  cell: string,
  leastUs: number,
): Promise<string | undefined> {
  const state = (await (await fetch(`${pageUrl}/state/${cell}`)).json()) as { simUs: number; hash: string };
  const store = await openStore(folder);
  const cells = new CellsTable(store);
  const row = await cells.find(cell);
  if (!row) return 'the cell is gone';
  const model = new Model(JSON.parse(await cells.definition(row.definition)) as DefinitionInput);
  const log = (await new CellLogs(store).commandsOf(cell, row.run)).filter((command) => command.at <= state.simUs);
  const replay = resumeCell(model, { seed: BigInt(`0x${row.seed}`), scenario: scenarioOf(row), log });
  replay.runUntil(state.simUs);
  await store.close();
  if (state.simUs < leastUs) return `plant time ${state.simUs} is before the last command`;
  return replay.hash === state.hash ? undefined : `hash ${state.hash}, replay ${replay.hash} at ${state.simUs}`;
}
