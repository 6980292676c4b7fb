import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { AttributeIds, TimestampsToReturn } from 'node-opcua';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '#test/support/host-for-test.ts';
import { lineNode, until, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna']);
const folder = temporaryFolder();
afterAll(() => folder.remove());

/**
 * EnumValues are left out: the dissector takes the Int64 of an EnumValueType for a float and calls even the standard's
 * own enumerations (NodeClass, i=11878) malformed.
 */
/** Why there can be no capture here; undefined if there can. */
function missing(): string | undefined {
  try {
    execFileSync('tshark', ['--version'], { stdio: 'ignore' });
    const interfaces = execFileSync('tshark', ['-D'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return /\blo\b/.test(interfaces) ? undefined : 'tshark may not capture on the loopback interface';
  } catch {
    return 'tshark is not installed';
  }
}
const reason = missing();

test.skipIf(reason !== undefined)(
  `the OPC UA dissector of Wireshark finds nothing malformed${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  async () => {
    const { server, connect, wall, cells } = line();
    const file = join(folder.path, 'opcua.pcapng');
    const capture = await startCapture(server.port, file);
    const session = await connect('p-anna');
    const paths = cells['p-anna'].model.signals.map(({ path }) => path);
    await session.read(paths.map((path) => ({ nodeId: lineNode(path), attributeId: AttributeIds.Value })));
    await session.browse(lineNode('ST03'));
    const endMs = cells['p-anna'].epochMs(cells['p-anna'].clock.simUs);
    await session.readHistoryValue(lineNode(paths[0]), new Date(endMs - 60_000), new Date(endMs));
    await session.call({ objectId: lineNode('ST03'), methodId: lineNode('ST03.Hold') });
    await session.call({ objectId: lineNode('ST03'), methodId: lineNode('ST03.Hold') });
    const subscription = await session.createSubscription2({
      requestedPublishingInterval: 100,
      requestedLifetimeCount: 1000,
      requestedMaxKeepAliveCount: 10,
      publishingEnabled: true,
    });
    let values = 0;
    for (const path of paths.slice(0, 50)) {
      const node = { nodeId: lineNode(path), attributeId: AttributeIds.Value };
      const item = await subscription.monitor(node, { samplingInterval: 100, queueSize: 10 }, TimestampsToReturn.Both);
      item.on('changed', () => (values += 1));
    }
    await until(() => values >= 50, 'the first values');
    wall.forward(5000);
    await until(() => values > 60, 'changes');
    await session.close();
    await stopCapture(capture);

    const dissect = (filter: string, field: string): string[] =>
      execFileSync(
        'tshark',
        ['-r', file, '-d', `tcp.port==${server.port},opcua`, '-Y', filter, '-T', 'fields', '-e', field],
        {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      )
        .split('\n')
        .filter(Boolean);
    expect(dissect('_ws.malformed', 'opcua.servicenodeid.numeric')).toEqual([]);
    const services = new Set(dissect('opcua', 'opcua.servicenodeid.numeric').flatMap((each) => each.split(',')));
    // CreateSession, Read, Browse, HistoryRead, Call, CreateMonitoredItems and Publish, each with its response.
    for (const id of [461, 464, 631, 634, 527, 530, 664, 667, 712, 715, 751, 754, 826, 829]) {
      expect([...services]).toContain(String(id));
    }
  },
);

async function startCapture(port: number, file: string): Promise<ChildProcess> {
  const capture = spawn('tshark', ['-i', 'lo', '-f', `tcp port ${port}`, '-w', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  capture.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  await until(() => said.includes('Capturing on') || capture.exitCode !== null, 'the capture', 20_000);
  if (capture.exitCode !== null) throw new Error(`tshark could not capture: ${said}`);
  return capture;
}

/** Ends the capture once all that was sent has come through the kernel's buffer. */
async function stopCapture(capture: ChildProcess): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const ended = once(capture, 'exit');
  capture.kill('SIGINT');
  await ended;
}
