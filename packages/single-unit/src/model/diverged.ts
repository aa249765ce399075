/** Weights of this size only come about when they diverge: nothing that learns comes near it, and squares are still finite. */
export const DIVERGED = 1e9;
