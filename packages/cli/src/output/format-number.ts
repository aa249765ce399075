/** Three decimals, none of a large number, two significant digits of a small one; a dash where there is no number. */
export function number(value: number | null): string {
  if (value === null) return '–';
  if (Math.abs(value) >= 1e6) return value.toExponential(2);
  if (Math.abs(value) >= 1000) return value.toLocaleString('en', { maximumFractionDigits: 0 });
  return value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(1) : value.toFixed(3);
}
