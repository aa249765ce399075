import { COLOUR, xAxisStyle } from './theme.js';

/** A horizontal axis from the first site, 0, to the last, 1: for networks of different depth. */
export function relativeDepthAxis() {
  return {
    type: 'value' as const,
    min: 0,
    max: 1,
    ...xAxisStyle('relative depth'),
    axisLabel: {
      color: COLOUR.muted,
      fontSize: 12,
      customValues: [0, 0.5, 1],
      formatter: (value: number) => (value === 0 ? 'first' : value === 1 ? 'last' : 'middle'),
    },
    axisTick: { customValues: [0, 0.5, 1], lineStyle: { color: COLOUR.muted } },
  };
}

/** The place of the site at `index`, of so many. */
export function relativeDepth(index: number, sites: number): number {
  return sites > 1 ? index / (sites - 1) : 0;
}
