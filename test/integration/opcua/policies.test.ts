import { MessageSecurityMode, SecurityPolicy, StatusCodes } from 'node-opcua';
import { expect, test } from 'vitest';
import { lineNode, useOpcuaLine } from '#test/support/opcua-line.ts';

/** A gate such as a cell may have: p-bo's takes signed and encrypted sessions only. */
const line = useOpcuaLine(['p-anna', 'p-bo'], () => ({
  gate: {
    admit: ({ participant }, { mode }) =>
      participant === 'p-bo' && mode !== 'SignAndEncrypt' ? StatusCodes.BadSecurityModeRejected : StatusCodes.Good,
    offer: (participant, endpoints) =>
      endpoints.filter(({ securityMode }) => participant !== 'p-bo' || MessageSecurityMode[securityMode] !== 'None'),
  },
}));

const { None, Basic256Sha256, Aes128_Sha256_RsaOaep, Aes256_Sha256_RsaPss } = SecurityPolicy;
const { Sign, SignAndEncrypt } = MessageSecurityMode;
const secured = [Basic256Sha256, Aes128_Sha256_RsaOaep, Aes256_Sha256_RsaPss].flatMap((policy) =>
  [Sign, SignAndEncrypt].map((mode) => ({ policy, mode })),
);
const offered = (endpoints: readonly { securityPolicyUri: string | null; securityMode: MessageSecurityMode }[]) =>
  endpoints.map(({ securityPolicyUri, securityMode }) => `${securityPolicyUri} ${MessageSecurityMode[securityMode]}`);
const names = secured.map(({ policy, mode }) => `${policy} ${MessageSecurityMode[mode]}`);

test('a session opens and reads under each policy in both modes, and evidence says which', async () => {
  const { connect, evidence } = line();
  for (const door of [{ policy: None, mode: MessageSecurityMode.None }, ...secured]) {
    const session = await connect('p-anna', door);
    const { statusCode } = await session.read({ nodeId: lineNode('ST03.Spindle.Load') });
    expect(statusCode.name).toBe('Good');
    const came = evidence['p-anna'].filter(({ kind }) => kind === 'opcua.session').at(-1);
    expect(came).toMatchObject({ policy: door.policy.split('#')[1], mode: MessageSecurityMode[door.mode] });
  }
});

test('the path of the address names a participant, whose endpoints may differ', async () => {
  const { client, server, connect } = line();
  const endpointsAt = async (path: string) =>
    offered((await (await client()).getEndpoints({ endpointUrl: `${server.localUrl}${path}` })) ?? []);
  const all = [`${None} None`, ...names].sort();
  expect((await endpointsAt('')).sort()).toEqual(all);
  expect((await endpointsAt('/p-anna')).sort()).toEqual(all);
  expect((await endpointsAt('/p-bo')).sort()).toEqual([...names].sort());
  expect((await endpointsAt('/%ff')).sort()).toEqual(all);
  const session = await connect('p-anna', { url: `${server.localUrl}/p-anna` });
  expect((await session.read({ nodeId: lineNode('Clock.Run') })).statusCode.name).toBe('Good');
});

test('a cell that takes encrypted sessions only refuses others at ActivateSession, by any address', async () => {
  const { connect, server } = line();
  await expect(connect('p-bo')).rejects.toThrow('BadSecurityModeRejected');
  await expect(connect('p-bo', { policy: Basic256Sha256, mode: Sign })).rejects.toThrow('BadSecurityModeRejected');
  const session = await connect('p-bo', { ...secured[3], url: `${server.localUrl}/p-anna` });
  expect((await session.read({ nodeId: lineNode('Clock.Run') })).statusCode.name).toBe('Good');
});
