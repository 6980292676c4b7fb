/**
 * P(|T| < t) for Student's t with a whole number of degrees of freedom, exactly: the finite series of Abramowitz and
 * Stegun, Handbook of Mathematical Functions (1964), 26.7.3 for odd and 26.7.4 for even degrees.
 */
export function withinT(t: number, degrees: number): number {
  const cosine2 = degrees / (degrees + t * t);
  const sine = t / Math.sqrt(degrees + t * t);
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? Math.sqrt(cosine2) : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k < degrees; k += 2) {
    term *= (cosine2 * (k - 1)) / k;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (Math.atan(t / Math.sqrt(degrees)) + sine * sum) : sine * sum;
}

/** The t that a Student-t variable stays within, on both sides, with this probability: 2.045 for 0.95 and 29 degrees. */
export function quantileT(probability: number, degrees: number): number {
  let high = 1;
  while (withinT(high, degrees) < probability) high *= 2;
  let low = 0;
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (withinT(middle, degrees) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
