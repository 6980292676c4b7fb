import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import {
  ActivateSessionRequest,
  AnonymousIdentityToken,
  type ClientSession,
  CreateSessionRequest,
  type CreateSessionResponse,
  IssuedIdentityToken,
  MessageSecurityMode,
  type OPCUAClient,
  SecurityPolicy,
  UserTokenType,
  X509IdentityToken,
} from 'node-opcua';
import { expect, test } from 'vitest';
import { ask } from '#test/support/opcua-ask.ts';
import { keyOf, lineNode, until, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo'], () => ({ publicHost: 'plant.example' }));
const userName = (name: string, password: string) => ({
  identity: { type: UserTokenType.UserName as const, userName: name, password },
});
const value = async (session: ClientSession) => (await session.read({ nodeId: lineNode('Clock.Run') })).statusCode.name;

test('a wrong key, the key of another and an unknown name are all refused alike', async () => {
  const { connect: open, log } = line();
  for (const door of [
    userName('p-anna', 'wrong'),
    userName('p-anna', keyOf('p-bo')),
    userName('p-nobody', keyOf('p-anna')),
    userName('p-anna.c-p-bo', keyOf('p-anna')),
  ]) {
    await expect(open('p-anna', door)).rejects.toThrow('BadUserAccessDenied');
  }
  expect(log.filter((text) => text.includes(keyOf('p-bo')))).toEqual([]);
});

test('a named cell opens with the same key', async () => {
  const session = await line().connect('p-anna', userName('p-anna.c-p-anna', keyOf('p-anna')));
  expect(await value(session)).toBe('Good');
});

test('nobody comes in without a name, and the endpoints offer user names only, encrypted under None too', async () => {
  const { client, server } = line();
  const made = await client();
  await expect(made.createSession()).rejects.toThrow(/anonymous|BadIdentityToken/i);
  const endpoints = await made.getEndpoints();
  expect(endpoints.map(({ endpointUrl }) => endpointUrl)).toEqual(
    endpoints.map(() => `opc.tcp://plant.example:${server.port}`),
  );
  const tokens = endpoints.flatMap(({ userIdentityTokens }) => userIdentityTokens ?? []);
  expect(new Set(tokens.map(({ tokenType }) => tokenType))).toEqual(new Set([UserTokenType.UserName]));
  const open = endpoints.find(({ securityMode }) => securityMode === MessageSecurityMode.None);
  expect(open?.userIdentityTokens?.map(({ securityPolicyUri }) => securityPolicyUri)).toEqual([
    SecurityPolicy.Basic256Sha256,
    SecurityPolicy.Aes128_Sha256_RsaOaep,
  ]);
});

test('a session can be activated by user name only, and lasts no longer than two minutes without its client', async () => {
  const made = await line().client();
  const opened = await ask(
    made,
    new CreateSessionRequest({
      ...{ endpointUrl: line().server.localUrl, clientNonce: randomBytes(32), requestedSessionTimeout: 1e9 },
      clientDescription: { applicationUri: 'urn:nobody' },
    }),
  );
  const { authenticationToken, revisedSessionTimeout } = opened.response as CreateSessionResponse;
  expect(revisedSessionTimeout).toBe(120_000);
  for (const userIdentityToken of [
    new AnonymousIdentityToken({ policyId: 'anonymous' }),
    new X509IdentityToken({ policyId: 'certificate', certificateData: Buffer.alloc(10) }),
    new IssuedIdentityToken({ policyId: 'issued', tokenData: Buffer.alloc(10) }),
    null,
  ]) {
    const request = new ActivateSessionRequest({ requestHeader: { authenticationToken }, userIdentityToken });
    expect((await ask(made, request)).status).toBe('BadIdentityTokenRejected');
  }
});

test('Sign works, and evidence tells how a session came in', async () => {
  const { connect: open, evidence } = line();
  const session = await open('p-bo', { policy: SecurityPolicy.Basic256Sha256, mode: MessageSecurityMode.Sign });
  expect(await value(session)).toBe('Good');
  const entry = evidence['p-bo'].find(({ kind }) => kind === 'opcua.session');
  expect(entry).toMatchObject({ participant: 'p-bo', client: 'own', policy: 'Basic256Sha256', mode: 'Sign' });
});

test('a session cannot change to the user of another cell', async () => {
  const { connect: open } = line();
  const session = await open('p-anna');
  const statuses: string[] = [];
  const { _client: client } = session as unknown as { _client: OPCUAClient };
  client.on('receive_response', ({ responseHeader }) => statuses.push(responseHeader.serviceResult.name));
  await session.changeUser({ type: UserTokenType.UserName, userName: 'p-bo', password: keyOf('p-bo') });
  expect(statuses).toEqual(['BadIdentityChangeNotSupported']);
  expect(await value(session)).toBe('Good');
});

test('garbage and oversized messages end their own connection and nobody else', async () => {
  const { connect: open, server } = line();
  const session = await open('p-anna');
  const hello = (size: number) => {
    const header = Buffer.alloc(8);
    header.write('HELF');
    header.writeUInt32LE(size, 4);
    return header;
  };
  for (const bytes of [Buffer.from('GET / HTTP/1.1\r\n\r\n'), hello(0xfffffff0), Buffer.alloc(200_000, 'MSGF')]) {
    const socket = connect(server.port, '127.0.0.1');
    let isClosed = false;
    socket.on('close', () => (isClosed = true));
    socket.on('error', () => {});
    socket.resume().write(bytes);
    await until(() => isClosed, 'the end of a bad connection', 20_000);
  }
  expect(await value(session)).toBe('Good');
});

test('one user can hold ten sessions; then only a session whose client is gone makes room', async () => {
  const { connect: open, client, server } = line();
  const sessions: ClientSession[] = [];
  for (let n = 0; n < 10; n++) sessions.push(await open('p-bo'));
  const count = server.sessions;
  await expect(open('p-bo')).rejects.toThrow('BadTooManySessions');
  expect(await value(await open('p-anna'))).toBe('Good');
  for (const session of sessions) expect(await value(session)).toBe('Good');

  const made = await client();
  await sessions[0].close();
  await made.createSession({ type: UserTokenType.UserName, userName: 'p-bo', password: keyOf('p-bo') });
  const socket = (made as unknown as { _secureChannel: { getTransport(): { _socket: { destroy(): void } } } })
    ._secureChannel;
  socket.getTransport()._socket.destroy();
  await until(() => server.sessions >= count, 'the session without a client');
  expect(await value(await open('p-bo'))).toBe('Good');
  for (const session of sessions.slice(1)) expect(await value(session)).toBe('Good');
});

test('when the cell closes, its sessions end and the others go on', async () => {
  const { connect: open, cells, evidence, server } = line();
  const [anna, bo] = [await open('p-anna'), await open('p-bo')];
  const sessions = server.sessions;
  cells['p-bo'].close('The cell was reset.');
  expect(server.sessions).toBe(sessions - 1);
  expect(evidence['p-bo'].at(-1)).toMatchObject({ kind: 'opcua.closed', participant: 'p-bo' });
  expect(cells['p-bo'].isListenedTo).toBe(false);
  const statuses: string[] = [];
  const { _client: client } = bo as unknown as { _client: OPCUAClient };
  client.on('receive_response', ({ responseHeader }) => statuses.push(responseHeader.serviceResult.name));
  value(bo).catch(() => {});
  await until(() => statuses.includes('BadSessionIdInvalid'), 'word of the end of the session');
  expect(await value(anna)).toBe('Good');
});
