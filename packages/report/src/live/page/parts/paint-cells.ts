import { RAMP_STEPS } from '../../../charts/theme.js';
import { colourOfShade } from '../../../charts/heat-map-shades.js';
import { resolvedColours } from './colours.js';

const SHADES = ['n', 'f', ...Array.from({ length: RAMP_STEPS }, (_, step) => String(step))];

/** Paints one pixel a cell, in the colour of its shade; cells without one stay clear. */
export function paintCells(canvas: HTMLCanvasElement, cells: readonly (readonly (string | undefined)[])[]): void {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return;
  const bytes = bytesOfShades(context);
  const image = context.createImageData(canvas.width, canvas.height);
  cells.forEach((row, y) =>
    row.forEach((shade, x) => {
      if (shade !== undefined) image.data.set(bytes.get(shade)!, 4 * (y * canvas.width + x));
    }),
  );
  context.putImageData(image, 0, 0);
}

/** Red, green, blue and opacity of each shade: the browser reads its own colours, however they are written. */
function bytesOfShades(context: CanvasRenderingContext2D): ReadonlyMap<string, Uint8ClampedArray> {
  const resolve = resolvedColours();
  return new Map(
    SHADES.map((shade) => {
      context.fillStyle = resolve(colourOfShade(shade));
      context.fillRect(0, 0, 1, 1);
      return [shade, context.getImageData(0, 0, 1, 1).data];
    }),
  );
}
