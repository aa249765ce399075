import type { EChartsDrawing, SmallMultiples } from '../charts/chart.js';
import { renderSvg } from '../charts/render-svg.js';
import type { Picture, Tile } from '../charts/standalone-svg.js';
import { WIDE, type Figure } from './figure.js';
import { Markup } from './markup.js';
import { swatch } from './swatch.js';

/** A figure as it leaves the page: laid out wide. */
export function figurePicture({ id, content }: Figure): Picture {
  return {
    title: content.title,
    description: content.summary,
    legend: content.legend.map((entry) => {
      const { text } = swatch(entry);
      return { label: entry.label, swatch: text, swatchWidth: widthOf(text) };
    }),
    tiles:
      'tiles' in content
        ? content.tiles.map((tile, index) => tileOf(tile, `${id}-${index}`))
        : [drawn(content.draw(WIDE), id)],
  };
}

function tileOf({ drawing, label, note, ends }: SmallMultiples['tiles'][number], id: string): Tile {
  return { ...(drawing instanceof Markup ? sized(drawing.text) : drawn(drawing, id)), label, note, ends };
}

function drawn(drawing: EChartsDrawing, id: string): Tile {
  return { svg: renderSvg(drawing, '', id).text, width: drawing.width, height: drawing.height };
}

function sized(svg: string): Tile {
  return { svg, width: widthOf(svg), height: Number(/^<svg[^>]* height="([\d.]+)"/.exec(svg)![1]) };
}

function widthOf(svg: string): number {
  return Number(/^<svg[^>]* width="([\d.]+)"/.exec(svg)![1]);
}
