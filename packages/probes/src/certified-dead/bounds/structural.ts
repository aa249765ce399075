import type { Operation, Shape } from '@reluctant/core';
import { emptyBounds, placeInside, type Bounds } from './bounds.js';

/** One after the other along the channels. */
export function concatenateBounds(inputs: readonly Bounds[], shape: Shape): Bounds {
  const output = emptyBounds(shape, Math.max(...inputs.map(({ terms }) => terms)));
  let channel = 0;
  for (const input of inputs) {
    placeInside(input, output, { channel });
    channel += input.shape.at(-1)!;
  }
  return output;
}

export function zeroPadBounds(
  { padding }: Extract<Operation, { op: 'zeroPad' }>,
  [input]: readonly Bounds[],
  shape: Shape,
): Bounds {
  const output = emptyBounds(shape, input.terms);
  placeInside(input, output, { row: padding.top, column: padding.left });
  return output;
}

export function padChannelsBounds(
  { before }: Extract<Operation, { op: 'padChannels' }>,
  [input]: readonly Bounds[],
  shape: Shape,
): Bounds {
  const output = emptyBounds(shape, input.terms);
  placeInside(input, output, { channel: before });
  return output;
}
