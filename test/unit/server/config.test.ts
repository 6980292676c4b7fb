import { expect, test } from 'vitest';
import { readConfig } from '#server/config.ts';

test('without settings the server is for this machine only', () => {
  expect(readConfig({ PATH: '/bin' })).toMatchObject({
    ...{ host: '127.0.0.1', publicHost: '127.0.0.1', httpPort: 8080, opcuaPort: 4840, mqttPort: 1883 },
  });
});

test('a server for all addresses still tells people a name that they can type', () => {
  expect(readConfig({ VERKSTAD_HOST: '0.0.0.0' }).publicHost).toBe('localhost');
  expect(readConfig({ VERKSTAD_HOST: '0.0.0.0', VERKSTAD_PUBLIC_HOST: 'lab.example.se' }).publicHost).toBe(
    'lab.example.se',
  );
});

test('everything that is wrong is told at once, with its name and value', () => {
  const env = { VERKSTAD_HTTP_PORT: '99999', VERKSTAD_LOG_LEVEL: 'loud', VERKSTAD_PROT: '1', VERKSTAD_MQTT_PORT: 'x' };
  const told = () => readConfig(env);
  expect(told).toThrow(/VERKSTAD_HTTP_PORT "99999" is no port/);
  expect(told).toThrow(/VERKSTAD_MQTT_PORT "x" is no number/);
  expect(told).toThrow(/VERKSTAD_LOG_LEVEL "loud" must be/);
  expect(told).toThrow(/There is no setting VERKSTAD_PROT\./);
});

test('an empty setting is one that was not given', () => {
  expect(readConfig({ VERKSTAD_HTTP_PORT: '' }).httpPort).toBe(8080);
});
