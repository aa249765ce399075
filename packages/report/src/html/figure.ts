import type { Chart, SmallMultiples } from '../charts/chart.js';
import { renderSvg } from '../charts/render-svg.js';
import { markup, Markup } from './markup.js';
import { swatch } from './swatch.js';
import { renderTable, type Table } from './table.js';

/** Widths in CSS pixels for which every chart is laid out: text stays legible without a script. */
const WIDE = 860;
const NARROW = 360;

/** A chart with caption, legend, text alternative and the data as a table. Lays it out twice, of which the page shows one. */
export function renderFigure(chart: Chart, id: string): Markup {
  return markup`<figure id="${id}">
    ${caption(chart)}
    <div class="wide">${renderSvg(chart.draw(WIDE), chart.summary, `${id}-w`)}</div>
    <div class="narrow">${renderSvg(chart.draw(NARROW), chart.summary, `${id}-n`)}</div>
    ${dataTable(chart.table, chart.title)}
  </figure>`;
}

/** Small pictures side by side, each with its own text alternative. */
export function renderTiles(multiples: SmallMultiples, id: string): Markup {
  return markup`<figure id="${id}">
    ${caption(multiples)}
    <div class="tiles">
      ${multiples.tiles.map(
        (tile, index) =>
          markup`<div class="tile" role="img" aria-label="${tile.summary}">
            <p class="name"><bdi>${tile.label}</bdi></p>
            <p class="what">${tile.note}</p>
            ${tile.drawing instanceof Markup ? tile.drawing : renderSvg(tile.drawing, '', `${id}-${index}`)}
            ${tile.ends && markup`<p class="ends"><span>${tile.ends[0]}</span><span>${tile.ends[1]}</span></p>`}
          </div> `,
      )}
    </div>
    ${dataTable(multiples.table, multiples.title)}
  </figure>`;
}

function caption(figure: Chart | SmallMultiples): Markup {
  return markup`<figcaption><strong>${figure.title}.</strong> ${figure.summary}</figcaption>
    ${
      figure.legend.length > 0 &&
      markup`<ul class="legend">
        ${figure.legend.map((entry) => markup`<li>${swatch(entry)}<bdi>${entry.label}</bdi></li>`)}
      </ul>`
    }`;
}

function dataTable(table: Table, caption: string): Markup {
  return markup`<details>
    <summary>Data as a table</summary>
    ${renderTable(table, caption)}
  </details>`;
}
