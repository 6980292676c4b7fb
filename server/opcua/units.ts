import { type EUInformation, LocalizedText, makeEUInformation } from 'node-opcua';
import type { Language } from '#contract/text.ts';

/** Namespace of the UNECE codes, OPC 10000-8 clause 5.6.4.3. */
const UNECE_NAMESPACE = 'http://www.opcfoundation.org/UA/units/un/cefact';

/** UCUM code -> UNECE Recommendation 20 common code, symbol, name in both languages. */
const units: Readonly<Record<string, readonly [code: string, symbol: string, en: string, sv: string]>> = {
  '1': ['C62', '', 'one', 'ett'],
  '%': ['P1', '%', 'percent', 'procent'],
  s: ['SEC', 's', 'second', 'sekund'],
  ms: ['C26', 'ms', 'millisecond', 'millisekund'],
  us: ['B98', 'µs', 'microsecond', 'mikrosekund'],
  min: ['MIN', 'min', 'minute', 'minut'],
  h: ['HUR', 'h', 'hour', 'timme'],
  d: ['DAY', 'd', 'day', 'dygn'],
  m: ['MTR', 'm', 'metre', 'meter'],
  cm: ['CMT', 'cm', 'centimetre', 'centimeter'],
  mm: ['MMT', 'mm', 'millimetre', 'millimeter'],
  um: ['4H', 'µm', 'micrometre', 'mikrometer'],
  m2: ['MTK', 'm²', 'square metre', 'kvadratmeter'],
  m3: ['MTQ', 'm³', 'cubic metre', 'kubikmeter'],
  L: ['LTR', 'l', 'litre', 'liter'],
  mL: ['MLT', 'ml', 'millilitre', 'milliliter'],
  'm/s': ['MTS', 'm/s', 'metre per second', 'meter per sekund'],
  'mm/s': ['C16', 'mm/s', 'millimetre per second', 'millimeter per sekund'],
  'm/min': ['2X', 'm/min', 'metre per minute', 'meter per minut'],
  'mm/min': ['H81', 'mm/min', 'millimetre per minute', 'millimeter per minut'],
  'km/h': ['KMH', 'km/h', 'kilometre per hour', 'kilometer i timmen'],
  'm/s2': ['MSK', 'm/s²', 'metre per second squared', 'meter per sekund i kvadrat'],
  'L/s': ['G51', 'l/s', 'litre per second', 'liter per sekund'],
  'L/min': ['L2', 'l/min', 'litre per minute', 'liter per minut'],
  'mL/min': ['41', 'ml/min', 'millilitre per minute', 'milliliter per minut'],
  'm3/h': ['MQH', 'm³/h', 'cubic metre per hour', 'kubikmeter i timmen'],
  'm3/s': ['MQS', 'm³/s', 'cubic metre per second', 'kubikmeter per sekund'],
  rad: ['C81', 'rad', 'radian', 'radian'],
  deg: ['DD', '°', 'degree', 'grad'],
  '{rev}/min': ['RPM', 'r/min', 'revolutions per minute', 'varv per minut'],
  '/s': ['C97', 's⁻¹', 'reciprocal second', 'per sekund'],
  '/min': ['C94', 'min⁻¹', 'reciprocal minute', 'per minut'],
  '/h': ['H10', '1/h', 'reciprocal hour', 'per timme'],
  Hz: ['HTZ', 'Hz', 'hertz', 'hertz'],
  kHz: ['KHZ', 'kHz', 'kilohertz', 'kilohertz'],
  g: ['GRM', 'g', 'gram', 'gram'],
  kg: ['KGM', 'kg', 'kilogram', 'kilogram'],
  t: ['TNE', 't', 'tonne', 'ton'],
  N: ['NEW', 'N', 'newton', 'newton'],
  kN: ['B47', 'kN', 'kilonewton', 'kilonewton'],
  'N.m': ['NU', 'N·m', 'newton metre', 'newtonmeter'],
  Pa: ['PAL', 'Pa', 'pascal', 'pascal'],
  kPa: ['KPA', 'kPa', 'kilopascal', 'kilopascal'],
  MPa: ['MPA', 'MPa', 'megapascal', 'megapascal'],
  bar: ['BAR', 'bar', 'bar', 'bar'],
  mbar: ['MBR', 'mbar', 'millibar', 'millibar'],
  W: ['WTT', 'W', 'watt', 'watt'],
  kW: ['KWT', 'kW', 'kilowatt', 'kilowatt'],
  J: ['JOU', 'J', 'joule', 'joule'],
  kJ: ['KJO', 'kJ', 'kilojoule', 'kilojoule'],
  'W.h': ['WHR', 'W·h', 'watt hour', 'wattimme'],
  Wh: ['WHR', 'W·h', 'watt hour', 'wattimme'],
  'kW.h': ['KWH', 'kW·h', 'kilowatt hour', 'kilowattimme'],
  kWh: ['KWH', 'kW·h', 'kilowatt hour', 'kilowattimme'],
  'kW.h/m3': ['E46', 'kW·h/m³', 'kilowatt hour per cubic metre', 'kilowattimme per kubikmeter'],
  'V.A': ['D46', 'V·A', 'volt - ampere', 'voltampere'],
  kVA: ['KVA', 'kV·A', 'kilovolt - ampere', 'kilovoltampere'],
  A: ['AMP', 'A', 'ampere', 'ampere'],
  mA: ['4K', 'mA', 'milliampere', 'milliampere'],
  V: ['VLT', 'V', 'volt', 'volt'],
  mV: ['2Z', 'mV', 'millivolt', 'millivolt'],
  Ohm: ['OHM', 'Ω', 'ohm', 'ohm'],
  Cel: ['CEL', '°C', 'degree Celsius', 'grad Celsius'],
  K: ['KEL', 'K', 'kelvin', 'kelvin'],
  lx: ['LUX', 'lx', 'lux', 'lux'],
  dB: ['2N', 'dB', 'decibel', 'decibel'],
};

/**
 * OPC UA unit of a UCUM code, with its name in the language asked for. An annotation such as `{part}` counts as 1. A unit
 * without UNECE code has unitId -1, as OPC 10000-8 wants it, and shows its UCUM code.
 */
export function engineeringUnits(ucum: string, language: Language = 'en'): EUInformation {
  const found = units[ucum] ?? units[ucum.replace(/\{[^}]*\}/g, '') || '1'];
  const [code, symbol, en, sv] = found ?? ['', ucum, ucum, ucum];
  const made = makeEUInformation(code, symbol, en);
  made.namespaceUri = UNECE_NAMESPACE;
  made.description = new LocalizedText({ locale: language, text: { en, sv }[language] });
  if (found === undefined) made.unitId = -1;
  return made;
}

/** UCUM codes for which there is a UNECE code. */
export const unitsKnown: readonly string[] = Object.keys(units);
