import type { CustomSeriesOption } from 'echarts';
import { COLOUR } from './theme.js';

export interface LineStyle {
  readonly colour: string;
  readonly dash: 'solid' | 'dashed' | 'dotted';
}

const DASH_LENGTHS = { solid: undefined, dashed: [6, 4], dotted: [2, 3] };
const ARROW = 9;

/** A line with a halo, so that it is seen on light and dark shades, and an arrow at its end where it has a direction. */
export function arrowLine(
  points: readonly (readonly [x: number, y: number])[],
  { colour, dash }: LineStyle,
  directed: boolean,
): CustomSeriesOption {
  const data = points.filter((point) => point.every(Number.isFinite)).map(([x, y]) => [x, y]);
  return {
    type: 'custom',
    silent: true,
    clip: true,
    data,
    renderItem: ({ dataIndex }, api) => {
      if (dataIndex > 0 || data.length < 2) return null;
      const pixels = data.map((point) => api.coord(point) as [number, number]);
      const line = { type: 'polyline', shape: { points: pixels } } as const;
      const head = directed ? arrowHead(pixels) : undefined;
      const lineDash = DASH_LENGTHS[dash];
      return {
        type: 'group',
        children: [
          { ...line, style: { fill: 'none', stroke: COLOUR.paper, lineWidth: 4, strokeOpacity: 0.75 } },
          { ...line, style: { fill: 'none', stroke: colour, lineWidth: 2, ...(lineDash && { lineDash }) } },
          ...(head
            ? [
                {
                  type: 'polygon' as const,
                  shape: { points: head },
                  style: { fill: colour, stroke: COLOUR.paper, lineWidth: 1 },
                },
              ]
            : []),
        ],
      };
    },
  };
}

/** A triangle at the end of a path, along what lies an arrow's length before it; undefined for a path that is shorter. */
function arrowHead(pixels: readonly (readonly [number, number])[]): [number, number][] | undefined {
  const [x, y] = pixels.at(-1)!;
  const before = pixels.findLast((point) => Math.hypot(x - point[0], y - point[1]) >= ARROW);
  if (!before) return undefined;
  const angle = Math.atan2(y - before[1], x - before[0]);
  const corner = (turn: number): [number, number] => [
    x - ARROW * Math.cos(angle + turn),
    y - ARROW * Math.sin(angle + turn),
  ];
  return [[x, y], corner(0.45), corner(-0.45)];
}
