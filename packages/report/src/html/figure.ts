import type { Chart, LegendEntry, SmallMultiples } from '../charts/chart.js';
import { renderSvg } from '../charts/render-svg.js';
import { RAMP_STEPS } from '../charts/theme.js';
import { markup, Markup, trusted } from './markup.js';
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

function swatch({ colour, mark }: LegendEntry): Markup {
  const shapes: Record<LegendEntry['mark'], string> = {
    line: `<path d="M0 6h24" stroke="${colour}" stroke-width="2.5"/>`,
    dashed: `<path d="M0 6h24" stroke="${colour}" stroke-width="2.5" stroke-dasharray="6 3"/>`,
    dotted: `<path d="M0 6h24" stroke="${colour}" stroke-width="2.5" stroke-dasharray="2 3"/>`,
    circle: `<circle cx="12" cy="6" r="3.5" fill="${colour}"/>`,
    diamond: `<path d="M12 1l5 5-5 5-5-5z" fill="${colour}"/>`,
    box: `<path d="M4 1h16v10h-16z" fill="none" stroke="${colour}"/><path d="M4 6h16" stroke="${colour}" stroke-width="3"/>`,
    band: `<path d="M0 1h24v10h-24z" fill="${colour}"/>`,
    ramp: ramp(0),
    shades: ramp(3),
  };
  const width = mark === 'ramp' || mark === 'shades' ? 50 : 24;
  return trusted(
    `<svg width="${width}" height="12" viewBox="0 0 ${width} 12" aria-hidden="true">${shapes[mark]}</svg>`,
  );
}

/** The sequential colours from `first` on, 50 pixels wide. */
function ramp(first: number): string {
  const width = 50 / (RAMP_STEPS - first);
  return Array.from({ length: RAMP_STEPS - first }, (_, step) => {
    const from = (step * width).toFixed(1);
    return `<path d="M${from} 1h${Math.ceil(width)}v10h-${Math.ceil(width)}z" fill="var(--r${first + step})"/>`;
  }).join('');
}
