import { COLOUR, RAMP_STEPS } from './theme.js';

/** Cells below this, but above zero, get a shade of their own. */
export const FAINT = 0.01;

/** Shade of a cell: `n` never fired, `f` faint, `0` … `9` tenths of Pr[y>0]; undefined where nothing was measured. */
export function shadeOf(value: number | null): string | undefined {
  if (value === null) return undefined;
  if (value === 0) return 'n';
  if (value < FAINT) return 'f';
  return String(Math.min(RAMP_STEPS - 1, Math.floor(value * RAMP_STEPS)));
}

/**
 * One path for each shade, in which each run of equal cells along a row is one horizontal stroke of the height of a row:
 * some bytes a run instead of an element a cell. The first row is centred at y = 0.
 */
export function heatMapPaths(
  values: readonly (readonly (number | null)[])[],
): readonly { readonly shade: string; readonly colour: string; readonly path: string }[] {
  const strokes = new Map<string, string>();
  values.forEach((row, y) => {
    const shades = row.map(shadeOf);
    for (let start = 0, end = 1; end <= shades.length; end++) {
      if (end < shades.length && shades[end] === shades[start]) continue;
      const shade = shades[start];
      if (shade !== undefined) strokes.set(shade, `${strokes.get(shade) ?? ''}M${start} ${y}h${end - start}`);
      start = end;
    }
  });
  return [...strokes].sort().map(([shade, path]) => ({ shade, colour: colourOf(shade), path }));
}

function colourOf(shade: string): string {
  if (shade === 'n') return COLOUR.vermillion;
  return shade === 'f' ? COLOUR.orange : `var(--r${shade})`;
}
