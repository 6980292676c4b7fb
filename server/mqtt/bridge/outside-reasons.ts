/** Return codes of CONNACK, MQTT 3.1.1 clause 3.2.2.3, as a broker outside means them. */
const RETURN_CODES: Readonly<Record<number, string>> = {
  1: 'the broker does not speak MQTT 3.1.1',
  2: 'the broker does not accept our client ids: they begin with "verkstad-"',
  3: 'the broker takes no connections now',
  4: 'the broker refuses the user name or password of VERKSTAD_MQTT_BRIDGE_URL',
  5: 'the broker refuses the user name or password of VERKSTAD_MQTT_BRIDGE_URL, or that user may not connect',
};

const CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens at that address',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that host',
  ETIMEDOUT: 'the host does not answer',
  ECONNRESET: 'the broker hung up before it said anything: does it speak TLS there, or plain MQTT?',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted: name its authority in VERKSTAD_MQTT_BRIDGE_CA',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted: name its authority in VERKSTAD_MQTT_BRIDGE_CA',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted: name its authority in VERKSTAD_MQTT_BRIDGE_CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted: name its authority in VERKSTAD_MQTT_BRIDGE_CA',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  EPROTO: 'it does not speak TLS there: give mqtt:// instead of mqtts://',
};

/** Why a connection to a broker outside was not made, for whoever runs this server. Never holds a password. */
export function reasonInWords(error: Error & { readonly code?: unknown }): string {
  const { code, message } = error;
  const known = typeof code === 'number' ? RETURN_CODES[code] : CODES[String(code)];
  if (known !== undefined) return known;
  if (/connack timeout/i.test(message)) return 'the broker does not answer';
  if (/keepalive timeout/i.test(message)) return 'the broker says nothing any more';
  return message;
}
