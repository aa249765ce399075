/** How many of the flags (0 or 1) are set. */
export function count(flags: readonly number[]): number {
  return flags.reduce((total, flag) => total + flag, 0);
}
