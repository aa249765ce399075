/** How much other programs disturbed, in one line. */
export function formatLoad(measured: {
  readonly foreignCores?: number;
  readonly noisy: boolean;
  readonly attempts: number;
}): string {
  const { foreignCores, noisy, attempts } = measured;
  if (foreignCores === undefined) return 'This system does not tell whether other programs disturbed.';
  const load = `Other programs used ${foreignCores.toFixed(2)} cores`;
  const tries = attempts > 1 ? `, the least of ${attempts} attempts` : '';
  return noisy ? `DISTURBED: ${load}${tries}. Take the numbers as a hint, and measure again.` : `${load}${tries}.`;
}
