import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import {
  type ClientSession,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAClient,
  SecurityPolicy,
  UserTokenType,
} from 'node-opcua';
import type { ApiClient, ServerForTest } from './start-server.ts';

/** Whom a session is of, and which of their cells it leads to: the current one if none is named. */
export interface Comer {
  readonly server: ServerForTest;
  readonly ann: ApiClient;
  readonly cell?: string;
}

const login = ({ ann, cell }: Comer): { username: string; password: string } => ({
  username: cell === undefined ? ann.me.id : `${ann.me.id}.${cell}`,
  password: ann.me.key,
});

interface OpcUaSession {
  readonly session: ClientSession;
  /** To be called before the server closes. */
  readonly end: () => Promise<void>;
  /** The same for one that the server has ended. */
  readonly drop: () => Promise<void>;
}

/** A session of a real OPC UA client, without encryption. */
export async function opcuaSession(comer: Comer): Promise<OpcUaSession> {
  const { server } = comer;
  const client = OPCUAClient.create({
    ...{ securityPolicy: SecurityPolicy.None, securityMode: MessageSecurityMode.None, endpointMustExist: false },
    clientCertificateManager: new OPCUACertificateManager({ rootFolder: join(server.dataDir, 'test-client') }),
    connectionStrategy: { maxRetry: 0 },
  });
  await client.connect(server.opcuaUrl);
  const { username: userName, password } = login(comer);
  const session = await client.createSession({ type: UserTokenType.UserName, userName, password });
  return {
    session,
    async end() {
      await session.close();
      await client.disconnect();
    },
    drop: () => client.disconnect(),
  };
}

/** A real MQTT client that came in, and all that it gets as `topic payload`, byte for byte. */
export async function mqttSession(comer: Comer): Promise<{ client: MqttClient; got: string[] }> {
  const client = await mqtt.connectAsync(comer.server.mqttUrl, { ...login(comer), reconnectPeriod: 0 });
  const got: string[] = [];
  client.on('message', (topic, payload) => got.push(`${topic} ${payload.toString('latin1')}`));
  return { client, got };
}
