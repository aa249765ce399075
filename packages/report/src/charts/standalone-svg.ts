import { escapeText } from '../html/markup.js';
import { shortName } from '../html/label.js';
import { LIGHT, resolveColours } from './palette.js';

/** A drawing as in the page: an `svg` element with a viewBox, coloured by the page's custom properties. */
export interface Tile {
  readonly svg: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly label?: string;
  readonly note?: string;
  /** Texts under the left and right end. */
  readonly ends?: readonly [string, string];
}

/** What belongs to a picture that leaves its page. */
export interface Picture {
  readonly title: string;
  /** The picture in words. */
  readonly description: string;
  readonly legend: readonly { readonly label: string; readonly swatch: string; readonly swatchWidth: number }[];
  /** One of a chart, several of small multiples. */
  readonly tiles: readonly Tile[];
}

const FONTS = `'DejaVu Sans', Verdana, 'Segoe UI', Helvetica, Arial, sans-serif`;
/** Width of a character as a share of the size of the text: generous, as nothing measures texts here. */
const CHARACTER = 0.62;
const MARGIN = 16;
const TILES_WIDTH = 928;
const TILE_GAP = 16;

/**
 * An SVG file of its own: on white, colours and fonts written out, title and legend drawn, with `title` and `desc` inside.
 * It asks for nothing, so that any viewer shows it.
 */
export function standaloneSvg({ title, description, legend, tiles }: Picture): string {
  const single = tiles.length === 1 && tiles[0]!.label === undefined;
  const inner = single ? tiles[0]!.width : TILES_WIDTH;
  const heading = wrap(title, inner / (16 * CHARACTER)).map((line, index) =>
    text(MARGIN, 30 + 20 * index, line, `font-size="16" font-weight="bold" fill="${LIGHT.ink}"`),
  );
  const explained = drawLegend(legend, inner, 30 + 20 * heading.length);
  const { drawn, bottom } = drawTiles(tiles, inner, explained.bottom);
  const [width, height] = [inner + 2 * MARGIN, Math.ceil(bottom + MARGIN)];
  return resolveColours(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
      `role="img" font-family="${FONTS}"><title>${escapeText(title)}</title><desc>${escapeText(description)}</desc>` +
      `<rect width="${width}" height="${height}" fill="${LIGHT.paper}"/>` +
      [...heading, ...explained.drawn, ...drawn].join('') +
      '</svg>\n',
  );
}

interface Drawn {
  readonly drawn: readonly string[];
  readonly bottom: number;
}

/** Entries from left to right, on as many lines as they need. */
function drawLegend(legend: Picture['legend'], width: number, top: number): Drawn {
  const size = 12;
  let [x, y] = [0, top];
  const drawn = legend.map(({ label, swatch, swatchWidth }) => {
    const room = swatchWidth + 6 + label.length * size * CHARACTER;
    if (x > 0 && x + room > width) [x, y] = [0, y + 20];
    const entry =
      nested(swatch, MARGIN + x, y - 10, swatchWidth, 12) +
      text(MARGIN + x + swatchWidth + 6, y, label, `font-size="${size}" fill="${LIGHT.ink}"`);
    x += room + 18;
    return entry;
  });
  return { drawn, bottom: legend.length > 0 ? y + 14 : top - 6 };
}

/** Tiles in rows of equal width, each row as high as its highest tile. */
function drawTiles(tiles: readonly Tile[], width: number, top: number): Drawn {
  const columns = Math.max(1, Math.floor((width + TILE_GAP) / ((tiles[0]?.width ?? width) + TILE_GAP)));
  const drawn: string[] = [];
  let y = top;
  for (let first = 0; first < tiles.length; first += columns) {
    const row = tiles.slice(first, first + columns).map((tile, column) => {
      return drawTile(tile, MARGIN + column * (tile.width + TILE_GAP), y);
    });
    drawn.push(...row.flatMap((tile) => tile.drawn));
    y = Math.max(...row.map((tile) => tile.bottom)) + TILE_GAP;
  }
  return { drawn, bottom: y - TILE_GAP };
}

function drawTile({ svg, width, height, label, note, ends }: Tile, x: number, top: number): Drawn {
  const small = `font-size="11" fill="${LIGHT.muted}"`;
  const fitting = (line: string, size: number) => shortName(line, Math.floor(width / (size * CHARACTER)));
  const head = [
    label !== undefined &&
      text(x, top + 12, fitting(label, 12), `font-size="12" font-weight="bold" fill="${LIGHT.ink}"`),
    note !== undefined && text(x, top + 27, fitting(note, 11), small),
  ].filter((line) => line !== false);
  const y = top + 15 * head.length + (head.length > 0 ? 4 : 0);
  const foot = ends
    ? [
        text(x, y + height + 13, ends[0], small),
        text(x + width, y + height + 13, ends[1], `${small} text-anchor="end"`),
      ]
    : [];
  return { drawn: [...head, nested(svg, x, y, width, height), ...foot], bottom: y + height + (ends ? 18 : 0) };
}

/** The element put in its place; what it says to screen readers is the whole picture's to say. */
function nested(svg: string, x: number, y: number, width: number, height: number): string {
  return svg.replace(/^<svg[^>]*>/, (tag) => {
    const kept = ['viewBox', 'preserveAspectRatio', 'fill', 'shape-rendering']
      .map((name) => new RegExp(` ${name}="[^"]*"`).exec(tag)?.[0] ?? '')
      .join('');
    return `<svg x="${x}" y="${y}" width="${width}" height="${height}"${kept}>`;
  });
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escapeText(content)}</text>`;
}

function wrap(content: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of content.split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= most) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
