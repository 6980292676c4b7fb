import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { type BridgeAddress, readBridgeUrl } from './mqtt/bridge/bridge-url.ts';

const Port = z.coerce
  .number('is no number')
  .int('is no whole number')
  .min(0, 'is no port: give 1 to 65535, or 0 for any free one')
  .max(65_535, 'is no port: give 1 to 65535, or 0 for any free one');

const HostName = z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'is no host name or address');

const Settings = z.object({
  VERKSTAD_HOST: HostName.default('127.0.0.1'),
  VERKSTAD_PUBLIC_HOST: HostName.optional(),
  VERKSTAD_HTTP_PORT: Port.default(8080),
  VERKSTAD_OPCUA_PORT: Port.default(4840),
  VERKSTAD_MQTT_PORT: Port.default(1883),
  VERKSTAD_TLS_CERT: z.string().optional(),
  VERKSTAD_TLS_KEY: z.string().optional(),
  VERKSTAD_MQTTS_PORT: Port.default(8883),
  VERKSTAD_MQTT_BRIDGE_URL: z.string().optional(),
  VERKSTAD_MQTT_BRIDGE_CA: z.string().optional(),
  VERKSTAD_MQTT_BRIDGE_RATE: z.coerce
    .number('is no number')
    .min(1, 'must be at least 1')
    .max(300, 'must be at most 300')
    .default(10),
  VERKSTAD_DATA_DIR: z.string().min(1, 'is empty').default('./data'),
  VERKSTAD_DATABASE_URL: z
    .string()
    .optional()
    .refine(
      (url) => !url,
      'is not supported by this version, which keeps everything in the data folder: leave it unset',
    ),
  VERKSTAD_ROLES: z
    .string()
    .default('web,cells')
    .refine((roles) => roles === 'web,cells', 'must be "web,cells": this version runs both in one process'),
  VERKSTAD_WORKERS: z.coerce
    .number('is no number')
    .int('is no whole number')
    .min(1, 'must be at least 1')
    .max(64, 'must be at most 64')
    // Two also on two cores: what takes long may use what the wire leaves idle.
    .default(Math.max(2, availableParallelism() - 1)),
  VERKSTAD_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'must be trace, debug, info, warn, error or silent')
    .default('info'),
});

/** How the server is set up. Read once and handed on; nothing else looks at the environment. */
export interface Config {
  /** Address to listen on. */
  readonly host: string;
  /** The name under which clients reach the server. */
  readonly publicHost: string;
  readonly httpPort: number;
  readonly opcuaPort: number;
  readonly mqttPort: number;
  /** Absolute paths of PEM files, and where MQTT over TLS is spoken with them. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string; readonly mqttPort: number };
  /** A broker outside that is told what the lines say, and how many signals a second of each. */
  readonly bridge?: {
    readonly address: BridgeAddress;
    readonly signalsPerSecond: number;
    /** Absolute path of a PEM file: whom its certificate may be signed by, beside those that Node trusts. */
    readonly caFile?: string;
  };
  /** Absolute. */
  readonly dataDir: string;
  /** Areas, labs and cells; without it those that come with the program. */
  readonly labsDir?: string;
  /** The built web client; without it the one that comes with the program. */
  readonly webDir?: string;
  readonly workers: number;
  readonly logLevel: z.infer<typeof Settings>['VERKSTAD_LOG_LEVEL'];
}

/** Reads the settings. All that is wrong is told at once. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const known = Object.keys(Settings.shape);
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => known.includes(name) && value !== ''));
  const { data, error } = Settings.safeParse(given);
  const wrong = (error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0]);
    return `${name} "${given[name]}" ${message}.`;
  });
  const unknown = Object.keys(env).filter((name) => name.startsWith('VERKSTAD_') && !known.includes(name));
  wrong.push(...unknown.map((name) => `There is no setting ${name}.`));
  if ((given.VERKSTAD_TLS_CERT === undefined) !== (given.VERKSTAD_TLS_KEY === undefined)) {
    wrong.push('VERKSTAD_TLS_CERT and VERKSTAD_TLS_KEY belong together: set both or none.');
  }
  const bridge = bridgeOf(given.VERKSTAD_MQTT_BRIDGE_URL, wrong);
  if (!data || wrong.length > 0) {
    throw new AppError('bad_settings', wrong.join('\n'), `The settings are ${known.join(', ')}.`);
  }
  return {
    host: data.VERKSTAD_HOST,
    publicHost: data.VERKSTAD_PUBLIC_HOST ?? publicNameOf(data.VERKSTAD_HOST),
    httpPort: data.VERKSTAD_HTTP_PORT,
    opcuaPort: data.VERKSTAD_OPCUA_PORT,
    mqttPort: data.VERKSTAD_MQTT_PORT,
    ...(data.VERKSTAD_TLS_CERT !== undefined &&
      data.VERKSTAD_TLS_KEY !== undefined && {
        tls: {
          certFile: resolve(data.VERKSTAD_TLS_CERT),
          keyFile: resolve(data.VERKSTAD_TLS_KEY),
          mqttPort: data.VERKSTAD_MQTTS_PORT,
        },
      }),
    ...(bridge && {
      bridge: {
        ...{ address: bridge, signalsPerSecond: data.VERKSTAD_MQTT_BRIDGE_RATE },
        ...(data.VERKSTAD_MQTT_BRIDGE_CA !== undefined && { caFile: resolve(data.VERKSTAD_MQTT_BRIDGE_CA) }),
      },
    }),
    dataDir: resolve(data.VERKSTAD_DATA_DIR),
    workers: data.VERKSTAD_WORKERS,
    logLevel: data.VERKSTAD_LOG_LEVEL,
  };
}

/** Says what is wrong without the value: it may hold a password. */
function bridgeOf(url: string | undefined, wrong: string[]): BridgeAddress | undefined {
  try {
    return url === undefined ? undefined : readBridgeUrl(url);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    wrong.push(`${error.message} ${error.hint}`);
    return undefined;
  }
}

/** Nobody can connect to "all addresses"; without a public name only this machine is sure to reach us. */
const publicNameOf = (host: string): string => (['0.0.0.0', '::'].includes(host) ? 'localhost' : host);
