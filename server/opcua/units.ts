import { type EUInformation, makeEUInformation } from 'node-opcua';

/** Namespace of the UNECE codes, OPC 10000-8 clause 5.6.4.3. */
const UNECE_NAMESPACE = 'http://www.opcfoundation.org/UA/units/un/cefact';

/** UCUM code -> UNECE Recommendation 20 common code, symbol, English name. */
const units: Readonly<Record<string, readonly [code: string, symbol: string, name: string]>> = {
  '1': ['C62', '', 'one'],
  '%': ['P1', '%', 'percent'],
  s: ['SEC', 's', 'second'],
  ms: ['C26', 'ms', 'millisecond'],
  us: ['B98', 'µs', 'microsecond'],
  min: ['MIN', 'min', 'minute'],
  h: ['HUR', 'h', 'hour'],
  d: ['DAY', 'd', 'day'],
  m: ['MTR', 'm', 'metre'],
  cm: ['CMT', 'cm', 'centimetre'],
  mm: ['MMT', 'mm', 'millimetre'],
  um: ['4H', 'µm', 'micrometre'],
  m2: ['MTK', 'm²', 'square metre'],
  m3: ['MTQ', 'm³', 'cubic metre'],
  L: ['LTR', 'l', 'litre'],
  mL: ['MLT', 'ml', 'millilitre'],
  'm/s': ['MTS', 'm/s', 'metre per second'],
  'mm/s': ['C16', 'mm/s', 'millimetre per second'],
  'm/min': ['2X', 'm/min', 'metre per minute'],
  'mm/min': ['H81', 'mm/min', 'millimetre per minute'],
  'km/h': ['KMH', 'km/h', 'kilometre per hour'],
  'm/s2': ['MSK', 'm/s²', 'metre per second squared'],
  'L/s': ['G51', 'l/s', 'litre per second'],
  'L/min': ['L2', 'l/min', 'litre per minute'],
  'mL/min': ['41', 'ml/min', 'millilitre per minute'],
  'm3/h': ['MQH', 'm³/h', 'cubic metre per hour'],
  'm3/s': ['MQS', 'm³/s', 'cubic metre per second'],
  rad: ['C81', 'rad', 'radian'],
  deg: ['DD', '°', 'degree'],
  '{rev}/min': ['RPM', 'r/min', 'revolutions per minute'],
  '/s': ['C97', '1/s', 'reciprocal second'],
  '/min': ['C94', '1/min', 'reciprocal minute'],
  '/h': ['H10', '1/h', 'reciprocal hour'],
  Hz: ['HTZ', 'Hz', 'hertz'],
  kHz: ['KHZ', 'kHz', 'kilohertz'],
  g: ['GRM', 'g', 'gram'],
  kg: ['KGM', 'kg', 'kilogram'],
  t: ['TNE', 't', 'tonne'],
  N: ['NEW', 'N', 'newton'],
  kN: ['B47', 'kN', 'kilonewton'],
  'N.m': ['NU', 'N·m', 'newton metre'],
  Pa: ['PAL', 'Pa', 'pascal'],
  kPa: ['KPA', 'kPa', 'kilopascal'],
  MPa: ['MPA', 'MPa', 'megapascal'],
  bar: ['BAR', 'bar', 'bar'],
  mbar: ['MBR', 'mbar', 'millibar'],
  W: ['WTT', 'W', 'watt'],
  kW: ['KWT', 'kW', 'kilowatt'],
  J: ['JOU', 'J', 'joule'],
  kJ: ['KJO', 'kJ', 'kilojoule'],
  'W.h': ['WHR', 'W·h', 'watt hour'],
  Wh: ['WHR', 'W·h', 'watt hour'],
  'kW.h': ['KWH', 'kW·h', 'kilowatt hour'],
  kWh: ['KWH', 'kW·h', 'kilowatt hour'],
  'kW.h/m3': ['E46', 'kW·h/m³', 'kilowatt hour per cubic metre'],
  'V.A': ['D46', 'V·A', 'volt - ampere'],
  kVA: ['KVA', 'kV·A', 'kilovolt - ampere'],
  A: ['AMP', 'A', 'ampere'],
  mA: ['4K', 'mA', 'milliampere'],
  V: ['VLT', 'V', 'volt'],
  mV: ['2Z', 'mV', 'millivolt'],
  Ohm: ['OHM', 'Ω', 'ohm'],
  Cel: ['CEL', '°C', 'degree Celsius'],
  K: ['KEL', 'K', 'kelvin'],
  lx: ['LUX', 'lx', 'lux'],
  dB: ['2N', 'dB', 'decibel'],
};

/**
 * OPC UA unit of a UCUM code. An annotation such as `{part}` counts as 1. A unit without UNECE code has unitId -1, as
 * OPC 10000-8 wants it, and shows its UCUM code.
 */
export function engineeringUnits(ucum: string): EUInformation {
  const found = units[ucum] ?? units[ucum.replace(/\{[^}]*\}/g, '') || '1'];
  const [code, symbol, name] = found ?? ['', ucum, ucum];
  const made = makeEUInformation(code, symbol, name);
  made.namespaceUri = UNECE_NAMESPACE;
  if (found === undefined) made.unitId = -1;
  return made;
}
