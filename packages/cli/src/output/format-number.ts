/** Three decimals, or two significant digits where that would be nothing; a dash where there is no number. */
export function number(value: number | null): string {
  if (value === null) return '–';
  if (Math.abs(value) >= 1e5) return value.toExponential(2);
  return value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(1) : value.toFixed(3);
}
