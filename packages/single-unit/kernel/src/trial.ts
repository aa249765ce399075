// Where the parts of a trial lie in memory, in bytes from its beginning; `src/simulation/trial-layout.ts` has the same numbers. A stream
// has two states: one from before its present block of variates, from which the block can be made again, and one from after it.

export const INPUT_STREAM: usize = 0;
export const NOISE_STREAM: usize = 128;
export const CHI_SQUARE_STREAM: usize = 256;
/** Rows of the input block, and numbers of the other two blocks, that are used up (i32). */
export const ROWS_USED: usize = 384;
export const NOISE_USED: usize = 388;
export const CHI_SQUARES_USED: usize = 392;
/** Updates made so far (f64). */
export const UPDATES: usize = 400;
/** Number of updates after which Pr[y>0] fell below its threshold for the first time; −1 where it never has (f64). */
export const FIRST_HIT: usize = 408;
/** Weights, the bias after them; then as many numbers for the velocity of momentum; then the delay line. */
export const WEIGHTS: usize = 416;
