import type { Picture, Tile } from '../charts/standalone-svg.js';

/** A figure of the page as it may leave it: the wide layout, whatever is shown. */
export function readPicture(figure: Element): Picture {
  const wide = figure.querySelector('.wide > svg');
  const tiles = wide ? [tileOf(wide)] : Array.from(figure.querySelectorAll('.tile'), readTile);
  return {
    title: textOf(figure, 'figcaption strong a'),
    description: textOf(figure, 'figcaption .summary'),
    legend: Array.from(figure.querySelectorAll('.legend li'), (entry) => {
      const svg = entry.querySelector('svg')!;
      return { label: entry.textContent, swatch: sourceOf(svg), swatchWidth: Number(svg.getAttribute('width')) };
    }),
    tiles,
  };
}

function readTile(tile: Element): Tile {
  const ends = Array.from(tile.querySelectorAll('.ends span'), (end) => end.textContent);
  return {
    ...tileOf(tile.querySelector('svg')!),
    label: textOf(tile, '.name'),
    note: textOf(tile, '.what'),
    ends: ends.length === 2 ? [ends[0]!, ends[1]!] : undefined,
  };
}

function tileOf(svg: Element): Tile {
  return { svg: sourceOf(svg), width: Number(svg.getAttribute('width')), height: Number(svg.getAttribute('height')) };
}

/** As XML: what `outerHTML` gives is HTML. */
function sourceOf(svg: Element): string {
  return new XMLSerializer().serializeToString(svg);
}

function textOf(within: Element, selector: string): string {
  return within.querySelector(selector)?.textContent.trim() ?? '';
}
