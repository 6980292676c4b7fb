import type { Text } from '#simulator/plant/signal.ts';
import { type Policy, type PostureState, type Role, ROLES } from './posture.ts';

/** Why an access is refused: what happened, and what to do now. */
export interface Denial {
  readonly key: DenialKey;
  readonly text: Text;
  readonly hint: string;
}
const denial = (en: string, sv: string, hint: string): Omit<Denial, 'key'> => ({ text: { en, sv }, hint });

/** In an order that slabs refer to: add at the end. */
const REASONS = {
  policy: denial(
    'The security posture of this cell does not allow this security policy.',
    'Cellens säkerhetsläge tillåter inte denna säkerhetspolicy.',
    'Choose another endpoint, or allow it on the web: Security.Policy.',
  ),
  mode: denial(
    'The security posture of this cell does not allow this message security mode.',
    'Cellens säkerhetsläge tillåter inte detta meddelandeskydd.',
    'Choose SignAndEncrypt, or allow it on the web: Security.Mode.',
  ),
  certificate: denial(
    'The client certificate is not among those that are pinned in this cell.',
    'Klientens certifikat hör inte till dem som är låsta i cellen.',
    'Pin its SHA-1 thumbprint on the web: Security.PinCertificate.',
  ),
  anonymous: denial(
    'In this cell the role Anonymous may do nothing, and nothing protects this channel.',
    'I denna cell får rollen Anonymous inte göra något, och inget skyddar denna kanal.',
    'Use a policy other than None, or TLS; or change Security.Anonymous.Role on the web.',
  ),
  account: denial('The account is disabled.', 'Kontot är avstängt.', 'Enable it with Security.EnableAccount.'),
  password: denial(
    'User name or password is wrong.',
    'Användarnamn eller lösenord är fel.',
    'The default password was replaced.',
  ),
  plain: denial(
    'The security posture of this cell does not allow MQTT without TLS.',
    'Cellens säkerhetsläge tillåter inte MQTT utan TLS.',
    'Use the TLS port, or allow it on the web: Security.Mqtt.Plain.',
  ),
  role: denial(
    'The role of this user may not do that.',
    'Användarens roll får inte göra det.',
    'Use a user with a higher role, or change the roles on the web: Security.',
  ),
  topic: denial(
    'The role of this user may not publish on cmd topics.',
    'Användarens roll får inte publicera på cmd-ämnen.',
    'Change Security.Mqtt.Commands on the web, or give the command over another door.',
  ),
  stale: denial(
    'Commands over MQTT must be fresh here: this one has no timestamp "t", or an old one, or came before.',
    'Kommandon över MQTT måste vara färska här: detta saknar tidsstämpel "t", har en gammal, eller kom förut.',
    'Send "t" as the present ISO 8601 time and a new "id" with each command; see Security.Mqtt.FreshWithin.',
  ),
  conduit: denial(
    'No conduit that is allowed leads there from the zone of this user.',
    'Ingen tillåten kanal leder dit från användarens zon.',
    'Allow a conduit with Network.Allow, if that flow is meant to be.',
  ),
  plant: denial('The plant refused it.', 'Anläggningen vägrade.', 'Look at the state and limits of the station.'),
} as const;
export type DenialKey = keyof typeof REASONS;
export const DENIAL_KEYS = Object.keys(REASONS) as readonly DenialKey[];
export const denialOf = (key: DenialKey): Denial => ({ key, ...REASONS[key] });

/** How somebody comes in over OPC UA. */
export interface Channel {
  readonly policy: string;
  readonly mode: string;
  /** SHA-1 of the certificate that the channel was opened with, 40 hex digits. */
  readonly thumbprint?: string | undefined;
}

/** Why a session may not be activated over this channel, if it may not. */
export function refuseChannel(posture: PostureState, { policy, mode, thumbprint }: Channel): Denial | undefined {
  if (!isAllowed(posture.policies, policy as Policy)) return denialOf('policy');
  const isOpen = policy === 'None';
  if (!isOpen && !isAllowed(posture.modes, mode as 'Sign')) return denialOf('mode');
  const { pinned, anonymousRole } = posture;
  // Under None nobody proves that a certificate is theirs.
  if (pinned.length > 0 && (isOpen || !pinned.includes(thumbprint?.toLowerCase() ?? '')))
    return denialOf('certificate');
  return isOpen && anonymousRole === 'none' ? denialOf('anonymous') : undefined;
}

/** Why somebody may not connect over MQTT, if they may not. */
export function refuseConnection(posture: PostureState, isProtected: boolean): Denial | undefined {
  if (isProtected) return undefined;
  if (!posture.isPlainMqttAllowed) return denialOf('plain');
  return posture.anonymousRole === 'none' ? denialOf('anonymous') : undefined;
}

/** The role in which somebody acts: over what nothing protects, never more than that of Anonymous. */
export const roleOver = ({ anonymousRole }: PostureState, own: Role, isProtected: boolean): Role =>
  isProtected || rank(own) <= rank(anonymousRole) ? own : anonymousRole;

/** What somebody wants to do. */
export interface Act {
  readonly via: 'opcua' | 'mqtt' | 'http';
  readonly role: Role;
  /** A parameter, which is written; a command is called. */
  readonly isSetPoint: boolean;
  /** Of the cell itself: its security, network, rules, alarm settings. */
  readonly isConfiguration: boolean;
}

/** Why a role may not publish on cmd topics, if it may not. */
export const refuseTopic = ({ mqttCommandRole }: PostureState, role: Role): Denial | undefined =>
  mqttCommandRole === undefined || rank(role) < rank(mqttCommandRole) ? denialOf('topic') : undefined;

/** Why they may not, if they may not. */
export function refuseAct(posture: PostureState, { via, role, isSetPoint, isConfiguration }: Act): Denial | undefined {
  const refused = via === 'mqtt' ? refuseTopic(posture, role) : undefined;
  if (refused) return refused;
  const needed = isConfiguration || (isSetPoint && !posture.operatorSetsPoints) ? 'engineer' : 'operator';
  return rank(role) < rank(needed) ? denialOf('role') : undefined;
}

/** Why a command over MQTT of this age, in seconds, is not obeyed; undefined is one without a timestamp. */
export function refuseAge({ freshWithinS }: PostureState, ageS: number | undefined): Denial | undefined {
  if (freshWithinS === 0) return undefined;
  return ageS !== undefined && ageS <= freshWithinS && ageS >= -freshWithinS ? undefined : denialOf('stale');
}

const rank = (role: Role): number => ROLES.indexOf(role);
const isAllowed = <K extends string>(doors: Readonly<Record<K, boolean>>, name: K): boolean =>
  Object.hasOwn(doors, name) && doors[name];
