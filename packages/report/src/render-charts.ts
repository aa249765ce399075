import { heatMapTable } from './charts/heat-map-table.js';
import { standaloneSvg } from './charts/standalone-svg.js';
import type { ReportDocument } from './compose-report.js';
import { toCsv } from './html/csv.js';
import type { Figure } from './html/figure.js';
import { figurePicture } from './html/figure-picture.js';
import { fileName } from './html/file-name.js';
import type { Markup } from './html/markup.js';
import { renderPng } from './render-png.js';

export const CHART_FORMATS = ['svg', 'png', 'csv'] as const;
export type ChartFormat = (typeof CHART_FORMATS)[number];

/** A chart as a file of its own. */
export interface ChartFile {
  /** Of the chart; the same at every rendering, and the anchor by which the page links to it. */
  readonly id: string;
  readonly title: string;
  /** A safe file name. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

export interface ChartOptions {
  /** Only the chart of this id, or those of all runs whose id ends in a dot and this; all by default. */
  readonly chart?: string;
  /** Pixels of a PNG for each CSS pixel; 2 by default. */
  readonly scale?: number;
}

/**
 * The charts of a report in the order of the page.
 * @param chart as of `ChartOptions`
 */
export function chartsOf(
  { body }: ReportDocument,
  chart?: string,
): readonly { readonly id: string; readonly title: string }[] {
  return figuresOf(body, chart).map(({ id, content }) => ({ id, title: content.title }));
}

/**
 * The charts as files, drawn one by one as they are asked for; none where no chart has the id. Of each
 *
 * - `svg`: the picture with title and legend, in the colours of light, that needs nothing else to be shown
 * - `png`: the same in pixels, on white
 * - `csv`: all the numbers of its table, and of heat maps every unit's (RFC 4180, UTF-8)
 */
export async function* renderCharts(
  { body }: ReportDocument,
  format: ChartFormat,
  { chart, scale = 2 }: ChartOptions = {},
): AsyncIterable<ChartFile> {
  for (const figure of figuresOf(body, chart)) {
    const { id, content } = figure;
    yield { id, title: content.title, name: fileName(id, format), content: await contentOf(figure, format, scale) };
  }
}

async function contentOf(figure: Figure, format: ChartFormat, scale: number): Promise<string | Uint8Array> {
  const { content } = figure;
  if (format === 'csv')
    return toCsv('heatMaps' in content && content.heatMaps ? heatMapTable(content.heatMaps) : content.table);
  const svg = standaloneSvg(figurePicture(figure));
  return format === 'svg' ? svg : await renderPng(svg, scale);
}

function figuresOf({ figures }: Markup, chart: string | undefined): readonly Figure[] {
  return figures.filter(({ id }) => chart === undefined || chart === id || id.endsWith(`.${chart}`));
}
