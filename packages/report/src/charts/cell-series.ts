import type { CustomSeriesOption } from 'echarts';
import type { CellRun } from './map-shades.js';
import { rampColour } from './theme.js';

/**
 * Cells of a map by shade, between edges along both axes. One path for each shade: an element for each cell would make a page too large.
 * Rows run along the vertical axis from its first edge.
 */
export function cellSeries(
  shades: ReadonlyMap<number, readonly CellRun[]>,
  edgesX: readonly number[],
  edgesY: readonly number[],
  colourOf: (shade: number) => string = (shade) => rampColour((shade + 0.5) / 10),
): CustomSeriesOption {
  const used = [...shades].sort(([a], [b]) => a - b);
  return {
    type: 'custom',
    silent: true,
    clip: true,
    data: used.map(([shade]) => [edgesX[0]!, edgesY[0]!, shade]),
    renderItem: ({ dataIndex }, api) => {
      const [shade, runs] = used[dataIndex]!;
      const d = runs.map(({ row, from, to }) => {
        const [x1, y1] = api.coord([edgesX[from]!, edgesY[row]!]) as [number, number];
        const [x2, y2] = api.coord([edgesX[to]!, edgesY[row + 1]!]) as [number, number];
        // A hair too large, so that no seam shows between neighbours.
        const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)];
        return `M${round(x1)} ${round(top)}H${round(x2 + 0.4)}V${round(bottom + 0.4)}H${round(x1)}Z`;
      });
      return { type: 'path', shape: { pathData: d.join('') }, style: { fill: colourOf(shade) } };
    },
  };
}

const round = (pixels: number) => Math.round(pixels * 10) / 10;
