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

/** One path for each shade. */
export interface ShadePath {
  readonly shade: string;
  readonly colour: string;
  readonly path: string;
  /** Stripes, of shades that are not of the ramp, so that they are told from it without colour. Lengths in columns. */
  readonly dashes?: string;
}

/** Stripes and the gaps between them, as shares of the width. */
const STRIPES: Readonly<Record<string, readonly [stripe: number, gap: number]>> = {
  n: [1 / 70, 1 / 140],
  f: [1 / 140, 1 / 70],
};

/**
 * One path for each shade, in which each run of equal cells along a row is one horizontal stroke of the height of a row:
 * some bytes a run instead of an element a cell. The first row is centred at y = 0.
 */
export function heatMapPaths(values: readonly (readonly (number | null)[])[]): readonly ShadePath[] {
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
  const columns = values[0]?.length ?? 0;
  return [...strokes].sort().map(([shade, path]) => {
    const dashes = STRIPES[shade]?.map((share) => Number((share * columns).toFixed(3))).join(' ');
    return { shade, colour: colourOf(shade), path, ...(dashes !== undefined && { dashes }) };
  });
}

function colourOf(shade: string): string {
  if (shade === 'n') return COLOUR.vermillion;
  return shade === 'f' ? COLOUR.orange : `var(--r${shade})`;
}
