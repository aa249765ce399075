import type { EChartsOption } from 'echarts';
import type { Markup } from '../html/markup.js';
import type { Table } from '../html/table.js';
import type { HeatMapData } from './heat-map-data.js';

/** A picture for ECharts to draw, in CSS pixels. */
export interface EChartsDrawing {
  readonly width: number;
  readonly height: number;
  readonly option: EChartsOption;
}

export type SwatchMark =
  | 'line'
  | 'dashed'
  | 'dotted'
  | 'dash-dot'
  | 'long-dash'
  | 'dash-dot-dot'
  | 'far-dots'
  | 'circle'
  | 'diamond'
  | 'ring'
  | 'open-diamond'
  | 'open-square'
  | 'box'
  | 'band'
  | 'striped'
  | 'sparse'
  | 'area'
  | 'ramp'
  | 'shades';

/** One entry of the legend, which stands above the picture as text, where labels can't collide. */
export interface LegendEntry {
  readonly label: string;
  readonly colour: string;
  readonly mark: SwatchMark;
}

interface Described {
  readonly title: string;
  /** The picture in words, with its main numbers: caption and text alternative at once. */
  readonly summary: string;
  readonly legend: readonly LegendEntry[];
  /** All the numbers that are drawn. */
  readonly table: Table;
}

/** A chart as plain data but for `draw`, which lays it out for a width. */
export interface Chart extends Described {
  readonly draw: (width: number) => EChartsDrawing;
}

/** A small picture for each layer, side by side. */
export interface SmallMultiples extends Described {
  readonly tiles: readonly {
    readonly label: string;
    /** Its own text alternative. */
    readonly summary: string;
    readonly note: string;
    readonly drawing: EChartsDrawing | Markup;
    /** Texts under the left and right end of the picture. */
    readonly ends?: readonly [string, string];
  }[];
  /** What heat maps show, of every unit by itself: to be sorted and pointed at, and all of it to be saved. In the order of the tiles. */
  readonly heatMaps?: HeatMapData;
}
