/** What is shown for a number that is absent. */
export const ABSENT = '–';

// Kept, as to make one takes a hundred times as long as to use it.
const INTEGER = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const SIX_DECIMALS = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });

/** `1,234`; a dash where there is none. */
export function formatCount(value: number | null | undefined): string {
  return finite(value) ? INTEGER.format(value) : notFinite(value);
}

/** Three significant digits or more, without an exponent where people read it easily: `0.0312`, `1.84`, `2.99e-4`. */
export function formatNumber(value: number | null | undefined): string {
  if (!finite(value)) return notFinite(value);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return INTEGER.format(value);
  if (size < 0.001 || size >= 1e6) return value.toExponential(2).replace('e+', 'e');
  return size >= 100 ? value.toFixed(1) : String(Number(value.toPrecision(size >= 1 ? 4 : 3)));
}

/** A probability with three decimals, so that columns line up; three significant digits where it is small. */
export function formatProbability(value: number | null | undefined): string {
  if (!finite(value)) return notFinite(value);
  return value > 0 && value < 0.1 ? formatNumber(value) : value.toFixed(3);
}

/** `87.25 %`, with a space that does not break. */
export function formatPercent(value: number | null | undefined): string {
  return finite(value) ? `${(100 * value).toFixed(2)}\u00a0%` : notFinite(value);
}

/** Epochs completed: whole ones without decimals. */
export function formatEpoch(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** `epoch 3`, or `epochs 3 to 5`. */
export function formatEpochs({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? `epoch ${formatEpoch(from)}` : `epochs ${formatEpoch(from)} to ${formatEpoch(to)}`;
}

/** The same in a column of epochs: `3`, or `3–5`. */
export function formatEpochRange({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? formatEpoch(from) : `${formatEpoch(from)}–${formatEpoch(to)}`;
}

/** A number beside an axis, as short as it can be: `10,000`, `0.25`, `1e-4`. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e6))
    return String(Number(value.toPrecision(3)).toExponential()).replace('e+', 'e');
  return SIX_DECIMALS.format(Number(value.toPrecision(6)));
}

/** `1 unit`, `2 units`. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : many}`;
}

function finite(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function notFinite(value: number | null | undefined): string {
  if (value === null || value === undefined) return ABSENT;
  return Number.isNaN(value) ? 'not a number' : value > 0 ? '∞' : '−∞';
}
