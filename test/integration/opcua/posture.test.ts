import { createHash } from 'node:crypto';
import { type ClientSession, DataType, MessageSecurityMode, SecurityPolicy, Variant } from 'node-opcua';
import { expect, test } from 'vitest';
import { lineNode, type OpcUaLine, until, useOpcuaLine } from '#test/support/opcua-line.ts';

const participants = ['p-anna', 'p-bo', 'p-cleo', 'p-dan', 'p-eva', 'p-finn'];
const line = useOpcuaLine(participants);
const { None, Basic256Sha256, Aes256_Sha256_RsaPss } = SecurityPolicy;
const { Sign, SignAndEncrypt } = MessageSecurityMode;
const encrypted = { policy: Basic256Sha256, mode: SignAndEncrypt };

let count = 0;
/** As over the web. */
async function harden({ cells }: OpcUaLine, participant: string, target: string, value: unknown): Promise<void> {
  const request = { id: `h${++count}`, target: `Security.${target}`, value: value as string };
  expect(await cells[participant].command(request, { actor: participant, via: 'http' })).toMatchObject({
    status: 'done',
  });
}
const read = async (session: ClientSession) => (await session.read({ nodeId: lineNode('Clock.Run') })).statusCode.name;
const write = async (session: ClientSession, path: string, value: number) =>
  (
    await session.write({
      nodeId: lineNode(path),
      attributeId: 13,
      value: { value: { dataType: DataType.Double, value } },
    })
  ).name;
const call = async (session: ClientSession, station: string, method: string) =>
  (await session.call({ objectId: lineNode(station), methodId: lineNode(`${station}.${method}`), inputArguments: [] }))
    .statusCode.name;
const refusals = (participant: string) =>
  line().evidence[participant].flatMap((entry) => (entry.kind === 'refusal' ? `${entry.what}: ${entry.reason}` : []));

test('a policy and a mode that the posture denies are refused at ActivateSession, by a status of their own', async () => {
  const { connect } = line();
  await harden(line(), 'p-anna', 'Policy.None', 'denied');
  await expect(connect('p-anna')).rejects.toThrow('BadSecurityPolicyRejected');
  await harden(line(), 'p-anna', 'Mode.Sign', 'denied');
  await expect(connect('p-anna', { policy: Aes256_Sha256_RsaPss, mode: Sign })).rejects.toThrow(
    'BadSecurityModeRejected',
  );
  expect(await read(await connect('p-anna', encrypted))).toBe('Good');
  expect(refusals('p-anna')).toEqual([
    expect.stringMatching(/^session None None: .*does not allow this security policy\. Choose another endpoint/),
    expect.stringMatching(/^session Aes256_Sha256_RsaPss Sign: .*message security mode/),
  ]);
  // The cell of another participant is as it was.
  expect(await read(await connect('p-bo'))).toBe('Good');
});

test('endpoints under the name of a participant are those that the posture of the cell leaves', async () => {
  const { client, server } = line();
  const made = await client();
  const endpoints = await made.getEndpoints({ endpointUrl: `${server.localUrl}/p-anna` });
  const offered = endpoints.map(
    (each) => `${each.securityPolicyUri?.split('#')[1]} ${MessageSecurityMode[each.securityMode]}`,
  );
  expect(offered.sort()).toEqual(
    ['Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss', 'Basic256Sha256'].map((policy) => `${policy} SignAndEncrypt`),
  );
});

test('only pinned certificates come in once one is pinned, and none over a channel that proves nothing', async () => {
  const { connect } = line();
  const first = await connect('p-cleo', encrypted);
  const { _client } = first as unknown as { _client: { getCertificate(): Buffer } };
  const own = createHash('sha1')
    .update(_client.getCertificate())
    .digest('hex')
    .toUpperCase()
    .replace(/..(?!$)/g, '$&:');
  await harden(line(), 'p-cleo', 'PinCertificate', own);
  expect(await read(first)).toBe('Good');
  expect(await read(await connect('p-cleo', encrypted))).toBe('Good');
  await expect(connect('p-cleo')).rejects.toThrow('BadCertificateUntrusted');
  await harden(line(), 'p-cleo', 'PinCertificate', 'ab'.repeat(20));
  await harden(line(), 'p-cleo', 'UnpinCertificate', own);
  await expect(connect('p-cleo', encrypted)).rejects.toThrow('BadCertificateUntrusted');
  expect(refusals('p-cleo').at(-1)).toMatch(/not among those that are pinned.*Security\.PinCertificate/);
});

test('a session that no longer complies ends at once, with its reason in the evidence; the others stay', async () => {
  const { connect, evidence, server } = line();
  await connect('p-dan');
  const safe = await connect('p-dan', encrypted);
  const before = server.sessions;
  await harden(line(), 'p-dan', 'Policy.None', 'denied');
  await until(() => server.sessions === before - 1, 'the end of the session');
  expect(await read(safe)).toBe('Good');
  expect(refusals('p-dan').at(-1)).toMatch(/^session None None: .*does not allow this security policy/);
  expect(evidence['p-dan'].filter(({ kind }) => kind === 'opcua.closed')).toHaveLength(1);
});

test('what the role of a session may not do is refused on write and call, with a reason; reading goes on', async () => {
  const { connect } = line();
  const [open, safe] = [await connect('p-eva'), await connect('p-eva', encrypted)];
  expect(await write(open, 'ST03.Program.Feed', 90)).toBe('Good');
  await harden(line(), 'p-eva', 'Anonymous.Role', 'observer');
  expect(await write(open, 'ST03.Program.Feed', 91)).toBe('BadUserAccessDenied');
  expect(await call(open, 'ST03', 'Hold')).toBe('BadUserAccessDenied');
  expect(await read(open)).toBe('Good');
  expect(refusals('p-eva').at(-1)).toMatch(/^ST03\.Hold: The role of this user may not do that\./);
  expect(await write(safe, 'ST03.Program.Feed', 92)).toBe('Good');

  await harden(line(), 'p-eva', 'Key.Role', 'operator');
  await harden(line(), 'p-eva', 'Operator.SetPoints', 'denied');
  expect(await write(safe, 'ST03.Program.Feed', 93)).toBe('BadUserAccessDenied');
  expect(await call(safe, 'ST10', 'Hold')).not.toBe('BadUserAccessDenied');
  const denied = new Variant({ dataType: DataType.Int32, value: 0 });
  const change = await safe.write({ nodeId: lineNode('Security.Key.Role'), attributeId: 13, value: { value: denied } });
  expect(change.name).toBe('BadUserAccessDenied');
  expect(line().cells['p-eva'].model.targets.has('Security.Key.Role')).toBe(true);
});

test('an engineer hardens the cell over OPC UA too, and even that session ends if it does not comply', async () => {
  const { connect, server } = line();
  const open = await connect('p-finn');
  const denied = new Variant({ dataType: DataType.Int32, value: 1 });
  const before = server.sessions;
  await open
    .write({ nodeId: lineNode('Security.Policy.None'), attributeId: 13, value: { value: denied } })
    .catch(() => undefined);
  await until(() => server.sessions === before - 1, 'the end of the session');
  await expect(connect('p-finn', { policy: None, mode: MessageSecurityMode.None })).rejects.toThrow(
    'BadSecurityPolicyRejected',
  );
  await harden(line(), 'p-finn', 'Policy.None', 'allowed');
  expect(await read(await connect('p-finn'))).toBe('Good');
});
