import type { IncomingMessage } from 'node:http';
import type { Principal } from '#server/cells/live-cell.ts';
import type { Participants } from '#server/classroom/participants.ts';
import { AppError } from '#server/errors.ts';
import type { Participant } from '#server/store/participants-table.ts';

/** Who makes a request: `pane` is our own page with its cookie, `own` any other client with id and key. */
export interface Caller {
  readonly participant: Participant;
  readonly client: 'pane' | 'own';
  /** Of the browser's cookie. */
  readonly token?: string;
}

export const COOKIE = 'verkstad';

/** Reads cookie or Basic credentials. Credentials that are wrong are refused, not passed over. */
export async function findCaller(req: IncomingMessage, participants: Participants): Promise<Caller | undefined> {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(req.headers.authorization ?? '');
  if (basic) {
    const [id, ...key] = Buffer.from(basic[1], 'base64').toString('utf8').split(':');
    const participant = await participants.identify(id, key.join(':'));
    if (participant) return { participant, client: 'own' };
    throw new AppError('wrong_key', 'The id or the key is wrong.', 'Copy both from the page again.', 401);
  }
  const token = cookieOf(req);
  if (token === undefined) return undefined;
  const participant = await participants.findSignedIn(token);
  return participant && { participant, client: 'pane', token };
}

/** Whom the cookie of a WebSocket upgrade from our own page stands for. */
export async function principalOfUpgrade(
  req: IncomingMessage,
  participants: Participants,
): Promise<Principal | undefined> {
  if (!isOwnOrigin(req.headers.origin, req.headers.host)) return undefined;
  const token = cookieOf(req);
  const participant = token === undefined ? undefined : await participants.findSignedIn(token);
  return participant && participants.lead(participant);
}

/** A browser names the origin of the page that sends a request; ours has the same host as the request. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

function cookieOf({ headers }: IncomingMessage): string | undefined {
  const found = (headers.cookie ?? '').split(/; */).find((pair) => pair.startsWith(`${COOKIE}=`));
  return found?.slice(COOKIE.length + 1);
}
