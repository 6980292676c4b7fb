import { type NumberField, record } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { duration, shownChoice } from '#simulator/plant/parameters.ts';
import { text } from '#simulator/plant/texts.ts';

/** Well-known roles of OPC 10000-18 (clause 4.2), from the one that may least. `none` may not even look. */
export const ROLES = ['none', 'observer', 'operator', 'engineer'] as const;
export type Role = (typeof ROLES)[number];

/** Security policies of OPC 10000-7 by the end of their URI, as a session names them. */
export const POLICIES = {
  None: 'None',
  Basic256Sha256: 'Basic256Sha256',
  Aes128_Sha256_RsaOaep: 'Aes128Sha256RsaOaep',
  Aes256_Sha256_RsaPss: 'Aes256Sha256RsaPss',
} as const;
export type Policy = keyof typeof POLICIES;
export const MODES = ['Sign', 'SignAndEncrypt'] as const;

/** What a posture lets in and who may do what; see `access.ts` for what follows from it. */
export interface PostureState {
  /** May a channel of this policy, or in this mode, be used? A mode matters where the policy is not None. */
  readonly policies: Readonly<Record<Policy, boolean>>;
  readonly modes: Readonly<Record<(typeof MODES)[number], boolean>>;
  /** SHA-1 of the client certificates that are let in, 40 hex digits; empty is any. */
  readonly pinned: readonly string[];
  /** Role of those who come over what nothing protects: OPC UA under None, MQTT without TLS. */
  readonly anonymousRole: Role;
  /** Role of those who come with a participant's key over a protected channel. */
  readonly keyRole: Role;
  /** Role of programs that use the web API with a key. The page itself is never kept out. */
  readonly httpRole: Role;
  readonly operatorSetsPoints: boolean;
  readonly isPlainMqttAllowed: boolean;
  /** The least role that may publish commands over MQTT; undefined is nobody. */
  readonly mqttCommandRole: Role | undefined;
  /** How old a command over MQTT may be, in seconds; 0 is any age, and then it needs no timestamp. */
  readonly freshWithinS: number;
}

const door = (path: string, en: string, sv: string): NumberField =>
  withWayIn(shownChoice({ path, ...text(en, sv) }, 'allowed', 'denied'));
const role = (path: string, en: string, sv: string, ...words: readonly string[]): NumberField =>
  shownChoice({ path, ...text(en, sv) }, ...words);

const ALLOWED = 0;

/** The parameters of a posture. As they come, every door is open, as in many a plant that has never been looked at. */
export class Posture extends record({
  policyNone: door('Policy.None', 'OPC UA without any protection', 'OPC UA helt utan skydd'),
  policyBasic256: door('Policy.Basic256Sha256', 'OPC UA under Basic256Sha256', 'OPC UA med Basic256Sha256'),
  policyAes128: door(
    'Policy.Aes128Sha256RsaOaep',
    'OPC UA under Aes128_Sha256_RsaOaep',
    'OPC UA med Aes128_Sha256_RsaOaep',
  ),
  policyAes256: door(
    'Policy.Aes256Sha256RsaPss',
    'OPC UA under Aes256_Sha256_RsaPss',
    'OPC UA med Aes256_Sha256_RsaPss',
  ),
  modeSign: door(
    'Mode.Sign',
    'OPC UA that is signed, and can be read by others',
    'OPC UA som är signerad, och kan läsas av andra',
  ),
  modeEncrypt: door(
    'Mode.SignAndEncrypt',
    'OPC UA that is signed and encrypted',
    'OPC UA som är signerad och krypterad',
  ),
  anonymous: role(
    'Anonymous.Role',
    'Most that anyone may do over what nothing protects',
    'Det mesta som någon får göra över det som inget skyddar',
    ...['engineer', 'operator', 'observer', 'none'],
  ),
  key: role(
    'Key.Role',
    'What you may do with your key over a protected channel',
    'Vad du får göra med din nyckel över en skyddad kanal',
    ...['engineer', 'operator', 'observer'],
  ),
  http: role(
    'Http.Role',
    'What programs may do with your key over the web API',
    'Vad program får göra med din nyckel över webb-API:t',
    ...['engineer', 'operator', 'observer'],
  ),
  operatorSetPoints: role(
    'Operator.SetPoints',
    'Operators change set-points',
    'Operatörer ändrar börvärden',
    ...['allowed', 'denied'],
  ),
  mqttPlain: role('Mqtt.Plain', 'MQTT without TLS', 'MQTT utan TLS', ...['allowed', 'denied']),
  mqttCommands: role(
    'Mqtt.Commands',
    'Least role that may publish on cmd topics',
    'Lägsta roll som får publicera på cmd-ämnen',
    ...['operator', 'engineer', 'nobody'],
  ),
  freshUs: duration({
    fallback: 0,
    max: 3600,
    shown: {
      path: 'Mqtt.FreshWithin',
      ...text(
        'Greatest age of a command over MQTT, by its timestamp; 0 is any',
        'Högsta ålder för ett kommando över MQTT, enligt dess tidsstämpel; 0 är vilken som helst',
      ),
    },
  }),
}) {
  state(pinned: readonly string[]): PostureState {
    return {
      policies: {
        None: this.policyNone === ALLOWED,
        Basic256Sha256: this.policyBasic256 === ALLOWED,
        Aes128_Sha256_RsaOaep: this.policyAes128 === ALLOWED,
        Aes256_Sha256_RsaPss: this.policyAes256 === ALLOWED,
      },
      modes: { Sign: this.modeSign === ALLOWED, SignAndEncrypt: this.modeEncrypt === ALLOWED },
      pinned,
      anonymousRole: downFromEngineer(this.anonymous),
      keyRole: downFromEngineer(this.key),
      httpRole: downFromEngineer(this.http),
      operatorSetsPoints: this.operatorSetPoints === ALLOWED,
      isPlainMqttAllowed: this.mqttPlain === ALLOWED,
      mqttCommandRole: (['operator', 'engineer', undefined] as const)[this.mqttCommands],
      freshWithinS: this.freshUs / 1e6,
    };
  }
}

const downFromEngineer = (place: number): Role => ROLES[ROLES.length - 1 - place];

/** Refuses a change after which no channel would be left over which OPC UA could come in. */
function withWayIn(given: NumberField): NumberField {
  const setting = given.setting!;
  const write = (owner: object, name: string, value: unknown): void => {
    const before = setting.read!(owner, name);
    setting.write(owner, name, value);
    const why = contradictionIn(owner as Posture);
    if (why === undefined) return;
    setting.write(owner, name, before);
    throw new Refusal(
      `${setting.shape!.path} cannot be denied: ${why}`,
      'Allow a policy and a mode that go together first.',
    );
  };
  return { ...given, setting: { ...setting, write } };
}

function contradictionIn(of: Posture): string | undefined {
  if (of.policyNone === ALLOWED) return undefined;
  const isPolicyLeft = [of.policyBasic256, of.policyAes128, of.policyAes256].includes(ALLOWED);
  const isModeLeft = [of.modeSign, of.modeEncrypt].includes(ALLOWED);
  if (isPolicyLeft && isModeLeft) return undefined;
  const left = isPolicyLeft ? 'Mode.Sign and Mode.SignAndEncrypt' : 'all policies';
  return `Policy.None is denied, and then ${left} would be, so that nobody could come in over OPC UA.`;
}
