import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { escapeText, trusted, type Markup } from '../html/markup.js';
import { compactDots } from './compact-dots.js';
import type { EChartsDrawing } from './chart.js';

let ready = false;

/**
 * Draws without a browser. The renderer's style attributes, style sheet, hover classes and ids are taken out: the page's
 * security policy forbids the first two, and ids would collide between drawings (they also count the drawings made so far, so no page would be made twice).
 * @param alternative what a screen reader says instead; empty for a drawing that is described beside it
 * @param id unique in the page
 */
export function renderSvg(drawing: EChartsDrawing, alternative: string, id: string): Markup {
  if (!ready) use([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, SVGRenderer]);
  ready = true;
  const { width, height } = drawing;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(drawing.option);
    const described = alternative === '' ? 'aria-hidden="true"' : `role="img" aria-label="${escapeText(alternative)}"`;
    return trusted(compactDots(clean(chart.renderToSVGString({ useViewBox: true }), described, id)));
  } finally {
    chart.dispose();
  }
}

/** Text is escaped by the renderer, so that `<…>` is always a tag of its own making. */
function clean(svg: string, described: string, id: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/^<svg[^>]*>/, (tag) => {
      const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(tag)!;
      return `<svg ${described} width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`;
    })
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag
        .replace(/ style="([^"]*)"/, (_, style: string) => attributesOf(style))
        .replace(/ (?:class|ecmeta_\w+|pointer-events|stroke-miterlimit)="[^"]*"/g, '')
        .replace(/ id="zr\d+-([^"]*)"/, ` id="${id}-$1"`)
        .replace(/="url\(#zr\d+-([^)]*)\)"/g, `="url(#${id}-$1)"`),
    )
    .replace(/><\/(?:path|rect)>/g, '/>')
    .replace(/\n+/g, '');
}

/** The size and weight of a text; its family is the page's. */
function attributesOf(style: string): string {
  return style
    .split(';')
    .map((declaration) => declaration.split(':'))
    .filter(([name]) => name === 'font-size' || name === 'font-weight')
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}
