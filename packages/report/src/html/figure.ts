import type { Chart, SmallMultiples } from '../charts/chart.js';
import { embedHeatMaps } from '../charts/heat-map-data.js';
import { renderSvg } from '../charts/render-svg.js';
import { jsonBlock } from './json-block.js';
import { markup, Markup } from './markup.js';
import { swatch } from './swatch.js';
import { renderTable } from './table.js';

/** A chart, or small pictures side by side, under the id by which it is linked to and exported. */
export interface Figure {
  readonly id: string;
  readonly content: Chart | SmallMultiples;
}

/** Widths in CSS pixels for which every chart is laid out: text stays legible without a script. */
export const WIDE = 860;
const NARROW = 360;

/** A chart with caption, legend, text alternative and the data as a table. Lays it out twice, of which the page shows one. */
export function renderFigure(chart: Chart, id: string): Markup {
  const body = markup`<div class="wide">${renderSvg(chart.draw(WIDE), chart.summary, `${id}-w`)}</div>
    <div class="narrow">${renderSvg(chart.draw(NARROW), chart.summary, `${id}-n`)}</div>`;
  return figure({ id, content: chart }, body);
}

/** Small pictures side by side, each with its own text alternative. */
export function renderTiles(multiples: SmallMultiples, id: string): Markup {
  const tiles = multiples.tiles.map(
    (tile, index) =>
      markup`<div class="tile" role="img" aria-label="${tile.summary}">
        <p class="name"><bdi>${tile.label}</bdi></p>
        <p class="what">${tile.note}</p>
        ${tile.drawing instanceof Markup ? tile.drawing : renderSvg(tile.drawing, '', `${id}-${index}`)}
        ${tile.ends && markup`<p class="ends"><span>${tile.ends[0]}</span><span>${tile.ends[1]}</span></p>`}
      </div> `,
  );
  const body = markup`<div class="tiles">${tiles}</div>
    ${multiples.heatMaps && jsonBlock('heat-maps', embedHeatMaps(multiples.heatMaps))}`;
  return figure({ id, content: multiples }, body);
}

function figure(shown: Figure, body: Markup): Markup {
  const { id, content } = shown;
  const { text } = markup`<figure id="${id}">
    <figcaption><strong><a href="#${id}">${content.title}</a>.</strong> <span class="summary">${content.summary}</span></figcaption>
    ${
      content.legend.length > 0 &&
      markup`<ul class="legend">
        ${content.legend.map((entry) => markup`<li>${swatch(entry)}<bdi>${entry.label}</bdi></li>`)}
      </ul>`
    }
    ${body}
    <details>
      <summary>Data as a table</summary>
      ${renderTable(content.table, content.title, { whole: true })}
    </details>
  </figure>`;
  return new Markup(text, [shown]);
}
