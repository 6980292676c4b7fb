/** Of an answer, in characters; what is longer is none. */
export const LONGEST_TYPED = 100_000;
