/** Speed of a person towards the robot, m/s: ISO 13855:2024, walking. */
const PERSON_M_PER_S = 1.6;
/** From the moment in which a person is where they are until the robot begins to brake: scanner 60 ms, safety controller 40 ms. */
const REACTION_S = 0.1;
/** Until the brakes of the joints grip, and their deceleration without payload, m/s2; a payload of so many kg halves it. */
const BRAKE_DELAY_S = 0.04;
const BRAKES_M_PER_S2 = 6;
const HALVES_KG = 12;
/** How far a hand reaches through before it is seen: 8 (d - 14 mm) with a resolution d of 40 mm, ISO 13855:2024. */
const INTRUSION_M = 0.208;
/** How wrong the scanner may be about the person, and the robot about itself. */
const PERSON_UNCERTAIN_M = 0.1;
const ROBOT_UNCERTAIN_M = 0.01;

const brakingMPerS2 = (payloadKg: number): number => BRAKES_M_PER_S2 / (1 + payloadKg / HALVES_KG);

/** Seconds from the stop signal to standstill of the tool centre, by its speed in m/s and the payload in kg. */
export const stoppingTimeS = (mPerS: number, payloadKg: number): number =>
  BRAKE_DELAY_S + mPerS / brakingMPerS2(payloadKg);

/** Metres that the tool centre moves in that time, ISO 10218-1:2025, annex on stopping time and distance. */
export const stoppingDistanceM = (mPerS: number, payloadKg: number): number =>
  mPerS * BRAKE_DELAY_S + (mPerS * mPerS) / (2 * brakingMPerS2(payloadKg));

/** The terms of the protective separation distance, in metres. */
export interface SeparationTerms {
  /** Sh: the way of the person while the robot reacts and stops, person speed x (Tr + Ts). */
  readonly person: number;
  /** Sr: the way of the robot while it reacts, robot speed x Tr. */
  readonly reaction: number;
  /** Ss: the way of the robot while it stops. */
  readonly stopping: number;
  /** C: intrusion distance, ISO 13855. */
  readonly intrusion: number;
  /** Zd: uncertainty of where the person is, as the sensor measures it. */
  readonly personUncertain: number;
  /** Zr: uncertainty of where the robot is, from the accuracy of its joints. */
  readonly robotUncertain: number;
}

/**
 * Speed and separation monitoring: Sp = Sh + Sr + Ss + C + Zd + Zr, ISO/TS 15066:2016, 5.5.4.2.3, formula (1), since
 * 2025 in ISO 10218-2. Robot and person are taken to move straight at each other. Speed in m/s, payload in kg.
 */
export function separationTerms(mPerS: number, payloadKg: number): SeparationTerms {
  return {
    person: PERSON_M_PER_S * (REACTION_S + stoppingTimeS(mPerS, payloadKg)),
    reaction: mPerS * REACTION_S,
    stopping: stoppingDistanceM(mPerS, payloadKg),
    intrusion: INTRUSION_M,
    personUncertain: PERSON_UNCERTAIN_M,
    robotUncertain: ROBOT_UNCERTAIN_M,
  };
}

/** Sp in metres: a robot that moves at this speed may not be nearer to a person. */
export function protectiveSeparationM(mPerS: number, payloadKg: number): number {
  const { person, reaction, stopping, intrusion, personUncertain, robotUncertain } = separationTerms(mPerS, payloadKg);
  return person + reaction + stopping + intrusion + personUncertain + robotUncertain;
}
