import type { CustomSeriesOption } from 'echarts';
import { COLOUR } from './theme.js';

/** A value with its interval at a place of the axis; without an interval only the mark is drawn. */
export interface ErrorBar {
  readonly x: number;
  readonly value: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Marks with whiskers: a ring, so that it is told from the dots of units, and a line from the lower to the upper end. Marks that are too
 * small for a ring are filled.
 */
export function errorBars(
  bars: readonly ErrorBar[],
  colour: string,
  { radius, shape }: { readonly radius: number; readonly shape: 'circle' | 'diamond' | 'square' },
): CustomSeriesOption {
  const small = radius < 2;
  const lineWidth = small ? 0.75 : 1.5;
  return {
    type: 'custom',
    silent: true,
    clip: true,
    data: bars.map(({ x, value, lower, upper }) => [x, value, lower ?? value, upper ?? value]),
    renderItem: (_, api) => {
      const place = api.value(0);
      const [x, y] = api.coord([place, api.value(1)]) as [number, number];
      const low = api.coord([place, api.value(2)])[1]!;
      const high = api.coord([place, api.value(3)])[1]!;
      const whisker = (y1: number, y2: number, half: number) => ({
        type: 'line' as const,
        shape: { x1: x - half, x2: x + half, y1, y2 },
        style: { stroke: colour, lineWidth },
      });
      const style = { fill: small ? colour : COLOUR.paper, stroke: colour, lineWidth };
      return {
        type: 'group',
        children: [
          whisker(low, high, 0),
          ...(low - high > 2 * radius ? [whisker(low, low, radius), whisker(high, high, radius)] : []),
          shape === 'circle'
            ? { type: 'circle' as const, shape: { cx: x, cy: y, r: radius }, style }
            : { type: 'polygon' as const, shape: { points: corners(x, y, 1.25 * radius, shape) }, style },
        ],
      };
    },
  };
}

function corners(x: number, y: number, r: number, shape: 'diamond' | 'square'): [number, number][] {
  if (shape === 'diamond') return [[x, y - r], [x + r, y], [x, y + r], [x - r, y]]; // prettier-ignore
  const half = 0.75 * r;
  return [[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half]]; // prettier-ignore
}
