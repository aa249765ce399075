/**
 * Places of `kernel/src/trial.ts`, in bytes from a trial's beginning. A stream is two states of `STATE_BYTES`, of which the second
 * is the one to go on with.
 */
export const STREAMS = [0, 128, 256];
export const STATE_BYTES = 64;
export const ROWS_USED = 384;
export const NOISE_USED = 388;
export const CHI_SQUARES_USED = 392;
export const UPDATES = 400;
export const FIRST_HIT = 408;
export const WEIGHTS = 416;

/** Words that seed a trial's streams: a, b and c of four generators for each. */
export const SEED_WORDS = STREAMS.length * 12;

export const roundUp = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple;
