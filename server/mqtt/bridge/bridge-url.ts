import { AppError } from '#server/errors.ts';

const PROTOCOLS = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];
const DEFAULT_ROOT = 'verkstad';

/** Where a bridge leads. */
export interface BridgeAddress {
  /** Without user name and password. */
  readonly url: string;
  /** The same as it may be shown and logged. */
  readonly shown: string;
  readonly login: { readonly username?: string; readonly password?: string };
  /** Authorities in PEM that are trusted beside those of Node. */
  readonly trust?: { readonly ca: readonly string[] };
  /** First levels of all its topics that are not those of a standard. */
  readonly root: string;
}

/**
 * Reads `mqtts://user:password@broker.example:8883/plant/verkstad`: the path is where topics begin there, `verkstad`
 * without one; for WebSocket, where the path belongs to the address, it is what follows `#`. Throws AppError, which never
 * shows user name or password.
 */
export function readBridgeUrl(text: string): BridgeAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !PROTOCOLS.includes(url.protocol) || url.hostname === '') throw wrong('is no address of an MQTT broker');
  const isWebSocket = url.protocol.startsWith('ws');
  const path = decoded(isWebSocket ? url.hash.slice(1) : url.pathname.slice(1));
  const root = path.replace(/\/+$/, '') || DEFAULT_ROOT;
  if (/[+#\0]|\/\/|^\/|^\$/.test(root)) throw wrong('names no levels of topics after the host');
  const shown = `${url.protocol}//${url.host}${isWebSocket ? url.pathname : ''}`;
  return {
    ...{ url: shown, shown, root },
    login: {
      ...(url.username !== '' && { username: decoded(url.username) }),
      ...(url.password !== '' && { password: decoded(url.password) }),
    },
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw wrong('has a "%" that stands for nothing: write it %25');
  }
}

const wrong = (what: string): AppError =>
  new AppError(
    'bad_bridge',
    `VERKSTAD_MQTT_BRIDGE_URL ${what}.`,
    'Give for example mqtts://user:password@broker.example:8883/verkstad.',
  );
