import { type Noise, noise } from '#simulator/kernel/closed-form.ts';
import { exp, sine } from '#simulator/kernel/math.ts';
import { seconds } from '#simulator/kernel/time.ts';
import type { Waveform } from '#simulator/plant/capture.ts';
import { type Bearing, bearingOrders, SKF_6205 } from './bearing.ts';

/*
 * One model of the spindle's vibration in two forms: the waveform of the acceleration, and the RMS of its velocity from
 * 10 Hz to 1 kHz (ISO 20816-1) in closed form. Tones are given by the velocity RMS that they have.
 */

const WAVEFORM_SAMPLES = 8192;
const WAVEFORM_HZ = 12_800;
const SAMPLE_US = 1e6 / WAVEFORM_HZ;
/** Steps of the converter per m/s2. */
const STEPS = 1000;
/** Teeth of the cutter. */
const TEETH = 4;
const ORDERS = bearingOrders(SKF_6205);

/** Displacement by unbalance in um RMS, and the share of its velocity that misalignment adds at twice the speed. */
const UNBALANCE_UM = 1.6;
const MISALIGNED = 0.4;
/** Harmonic of the tooth passing, as a share of it. */
const SECOND_TOOTH = 0.35;
/** A wide spall lifts the shaft at every pass: velocity RMS in mm/s at damage 1. */
const LIFT_MM_S = 1.4;

/** Each strike on a damage rings a natural frequency of the spindle head, well above what the RMS hears. */
const RING_HZ = 3400;
/** Damping 4 % of critical. */
const DECAY = 0.04 * 2 * Math.PI * RING_HZ;
const RING_SAMPLES = 100;
/** Acceleration of the first swing at damage 1, in m/s2. */
const STRIKE = 40;
/** Strikes are not quite regular: standard deviation as a share of their period (slip of the balls), and of their height. */
const SLIP = 0.01;
const UNEVEN = 0.12;

/** Noise that belongs to the sensor: of the samples, of single strikes, and of the RMS as it is shown. */
export const vibrationNoise = {
  sampleNoise: noise(SAMPLE_US),
  strikeNoise: noise(1),
  rmsNoise: noise(seconds(0.3)),
};

/** What the vibration follows from at one instant. */
export interface Turning {
  readonly shaftHz: number;
  /** Speed against the set one, 0 to 1. */
  readonly drive: number;
  /** How hard it cuts, 0 to 1. */
  readonly cut: number;
  readonly wearMm: number;
  readonly bearing: Pick<Bearing, 'outerRaceDamage' | 'innerRaceDamage' | 'ballDamage'>;
}

/** Broadband noise of flow, motor and chips, in m/s2 RMS over all frequencies up to half the sampling rate. */
const floorOf = (drive: number, cut: number): number => 0.1 + 0.2 * drive + 0.25 * cut;
const unbalanceOf = (shaftHz: number): number => 0.002 * Math.PI * shaftHz * UNBALANCE_UM;
const toothOf = (cut: number, wearMm: number): number => cut * (0.85 + 2.8 * wearMm);
const square = (x: number): number => x * x;

/** Velocity of white noise of 1 m/s2 between 10 Hz and 1 kHz, squared, in (mm/s)2. */
const NOISE_VELOCITY = (1e6 * (1 / 10 - 1 / 1000)) / ((WAVEFORM_HZ / 2) * square(2 * Math.PI));
/** Shrinking and turning of a ring from one sample to the next. */
const SHRINK = exp(-DECAY / WAVEFORM_HZ);
const TURN_COS = SHRINK * sine(RING_HZ / WAVEFORM_HZ + 0.25);
const TURN_SIN = SHRINK * sine(RING_HZ / WAVEFORM_HZ);
/** Of strikes of 1 m/s2 once a second: 1000 lines below 1 kHz, each of twice the moment of a ring. */
const STRIKE_VELOCITY = 1e6 * 1000 * 2 * meanSquareMoment();
/** Mean square of how the load zone weighs strikes on what turns through it. */
const LOADED = 0.22;

/** Vibration velocity in mm/s, RMS from 10 Hz to 1 kHz. */
export function velocityRmsOf({ shaftHz, drive, cut, wearMm, bearing }: Turning): number {
  const { outerRaceDamage: outer, innerRaceDamage: inner, ballDamage: ball } = bearing;
  let power =
    square(unbalanceOf(shaftHz)) * (1 + MISALIGNED * MISALIGNED) +
    square(toothOf(cut, wearMm)) * (1 + SECOND_TOOTH * SECOND_TOOTH) +
    square(floorOf(drive, cut)) * NOISE_VELOCITY;
  if (outer + inner + ball > 0) {
    const lift = LIFT_MM_S * drive;
    power += square(lift) * (square(square(outer)) + square(square(inner)) + square(square(ball)));
    const strikesHz =
      ORDERS.bpfo * square(outer) + LOADED * (ORDERS.bpfi * square(inner) + 1.09 * ORDERS.bsf * square(ball));
    power += STRIKE_VELOCITY * square(STRIKE * drive) * shaftHz * strikesHz;
  }
  return Math.sqrt(power);
}

/** The acceleration at the front bearing, ending at t: 8,192 samples at 12.8 kHz as if the spindle went on as at t. */
export function vibrationWaveform(turning: Turning, { sampleNoise, strikeNoise }: SpindleNoise, t: number): Waveform {
  const { shaftHz, drive, cut, wearMm, bearing } = turning;
  const samples = new Float64Array(WAVEFORM_SAMPLES);
  const firstUs = t - (WAVEFORM_SAMPLES - 1) * SAMPLE_US;
  const floor = floorOf(drive, cut);
  for (let k = 0; k < WAVEFORM_SAMPLES; k++) samples[k] = floor * sampleNoise.at(firstUs + k * SAMPLE_US);

  const strikes = { samples, firstUs, shaftHz, drive, strikeNoise };
  const tone = (order: number, velocity: number) => addTone(samples, firstUs, order * shaftHz, velocity);
  const unbalance = unbalanceOf(shaftHz);
  const tooth = toothOf(cut, wearMm);
  tone(1, unbalance);
  tone(2, MISALIGNED * unbalance);
  tone(TEETH, tooth);
  tone(2 * TEETH, SECOND_TOOTH * tooth);

  const { outerRaceDamage: outer, innerRaceDamage: inner, ballDamage: ball } = bearing;
  const lift = LIFT_MM_S * drive;
  tone(ORDERS.bpfo, lift * outer * outer);
  tone(ORDERS.bpfi, lift * inner * inner);
  tone(ORDERS.bsf, lift * ball * ball);
  // The outer race stands still in the load; the inner race turns through it with the shaft, a ball with the cage.
  addStrikes(strikes, ORDERS.bpfo, outer, 0, 1);
  addStrikes(strikes, ORDERS.bpfi, inner, 1, 1);
  // A place on a ball meets the outer race and, half a turn later, the inner one, where it strikes less.
  addStrikes(strikes, ORDERS.bsf, ball, ORDERS.ftf, 1);
  addStrikes({ ...strikes, firstUs: firstUs + 0.5e6 / (ORDERS.bsf * shaftHz) }, ORDERS.bsf, ball, ORDERS.ftf, 0.3);

  for (let k = 0; k < WAVEFORM_SAMPLES; k++) samples[k] = Math.round(samples[k] * STEPS) / STEPS;
  return { kind: 'waveform', rateHz: WAVEFORM_HZ, unit: 'm/s2', samples };
}

type SpindleNoise = Readonly<Record<'sampleNoise' | 'strikeNoise', Noise>>;

/** Adds a tone of so many mm/s RMS: from sample to sample a vector turns. */
function addTone(samples: Float64Array, firstUs: number, hz: number, velocity: number): void {
  if (hz === 0 || velocity === 0) return;
  const peak = Math.SQRT2 * velocity * 0.001 * 2 * Math.PI * hz;
  const start = hz * 1e-6 * firstUs;
  const [turnCos, turnSin] = [sine(hz / WAVEFORM_HZ + 0.25), sine(hz / WAVEFORM_HZ)];
  let cosine = peak * sine(start + 0.25);
  let sined = peak * sine(start);
  for (let k = 0; k < samples.length; k++) {
    samples[k] += sined;
    const next = cosine * turnCos - sined * turnSin;
    sined = cosine * turnSin + sined * turnCos;
    cosine = next;
  }
}

interface Strikes {
  readonly samples: Float64Array;
  readonly firstUs: number;
  readonly shaftHz: number;
  readonly drive: number;
  readonly strikeNoise: Noise;
}

/**
 * Adds what a damage rings that is struck `order` times per turn and itself goes round through the load `turns` times per
 * turn (McFadden and Smith 1984; slip after Antoni and Randall 2003).
 */
function addStrikes(
  { samples, firstUs, shaftHz, drive, strikeNoise }: Strikes,
  order: number,
  damage: number,
  turns: number,
  share: number,
): void {
  const periodUs = 1e6 / (order * shaftHz);
  const height = STRIKE * damage * drive * share;
  if (height * STEPS < 1) return;
  const lastUs = firstUs + samples.length * SAMPLE_US;
  for (let n = Math.floor(firstUs / periodUs) - 1; n * periodUs < lastUs; n++) {
    const atUs = (n + SLIP * strikeNoise.at(2 * n)) * periodUs;
    const load = turns === 0 ? 1 : loadAt((turns * shaftHz * atUs) / 1e6);
    addRing(samples, (atUs - firstUs) / SAMPLE_US, height * load * (1 + UNEVEN * strikeNoise.at(2 * n + 1)));
  }
}

/** Share of the load at an angle from its middle, after Stribeck: half the ring carries. */
function loadAt(turns: number): number {
  const x = Math.max(0, sine(turns + 0.25));
  return 0.05 + 0.95 * x * Math.sqrt(x);
}

/**
 * Adds the acceleration after a knock at sample `at`: e^(-at) cos(wt), sampled. Its first sample makes the sum of all 0,
 * as the knock leaves no velocity behind.
 */
function addRing(samples: Float64Array, at: number, height: number): void {
  const first = Math.ceil(at);
  const turns = (RING_HZ * (first - at)) / WAVEFORM_HZ;
  let cosine = height * sine(turns + 0.25);
  let sined = height * sine(turns);
  let sum = 0;
  for (let k = first; k < first + RING_SAMPLES; k++) {
    if (k >= 0 && k < samples.length) samples[k] += cosine;
    sum += cosine;
    const next = cosine * TURN_COS - sined * TURN_SIN;
    sined = cosine * TURN_SIN + sined * TURN_COS;
    cosine = next;
  }
  if (first >= 0 && first < samples.length) samples[first] -= sum;
}

/** Mean square, over where between two samples a knock comes, of the moment of its ring in s2: what little is below 1 kHz. */
function meanSquareMoment(): number {
  let sum = 0;
  for (let phase = 0; phase < 16; phase++) {
    const ring = new Float64Array(RING_SAMPLES + 1);
    addRing(ring, phase / 16, 1);
    sum += square(ring.reduce((moment, value, k) => moment + k * value, 0) / square(WAVEFORM_HZ));
  }
  return sum / 16;
}
