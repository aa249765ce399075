import type { CustomSeriesOption } from 'echarts';

/** A mean with its band at a place of the axis. All are finite. */
export interface BandPoint {
  readonly x: number;
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The area between lower and upper as one polygon, cut at `floor`. The more groups there are, the fainter it is and the more its
 * outline tells: many areas over each other have one muddy colour.
 */
export function confidenceBand(
  points: readonly BandPoint[],
  colour: string,
  floor: number,
  groups: number,
): CustomSeriesOption {
  const outline = [
    ...points.map(({ x, upper }) => [x, Math.max(floor, upper)]),
    ...points.toReversed().map(({ x, lower }) => [x, Math.max(floor, lower)]),
  ];
  const many = groups > 3;
  return {
    type: 'custom',
    silent: true,
    clip: true,
    data: outline,
    renderItem: ({ dataIndex }, api) =>
      dataIndex > 0
        ? null
        : {
            type: 'polygon',
            shape: { points: outline.map(([x, y]) => api.coord([x!, y!])) },
            style: {
              fill: colour,
              fillOpacity: many ? 0.07 : 0.18,
              ...(many ? { stroke: colour, strokeOpacity: 0.4, lineWidth: 1 } : {}),
            },
          },
  };
}
