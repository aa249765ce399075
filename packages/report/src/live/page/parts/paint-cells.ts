import type { ShadePath } from '../../../charts/heat-map-shades.js';
import { resolvedColours } from './colours.js';

/** About how many pixels wide and high a picture is; it is stretched to the room that there is. */
const WIDTH = 1400;
const HEIGHT = 700;
/** How much finer stripes are than in the small pictures that their lengths are made for. */
const FINER = 4;

/** Paints the cells of a heat map, each a whole number of pixels wide and high, so that nothing is blurred between them. */
export function paintCells(
  canvas: HTMLCanvasElement,
  columns: number,
  rows: number,
  paths: readonly ShadePath[],
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const [wide, high] = [Math.ceil(WIDTH / columns), Math.ceil(HEIGHT / rows)];
  // Setting its size clears a canvas.
  canvas.width = wide * columns;
  canvas.height = high * rows;
  context.setTransform(wide, 0, 0, high, 0, high / 2);
  const resolve = resolvedColours();
  for (const { colour, path, dashes } of paths) {
    context.strokeStyle = resolve(colour);
    context.setLineDash(dashes?.split(' ').map((length) => Number(length) / FINER) ?? []);
    context.stroke(new Path2D(path));
  }
}
