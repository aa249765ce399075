import type { Emission } from '../lowering/emission.js';
import { convertLayout } from '../lowering/layout.js';
import type { Activation } from '../lowering/strategy.js';
import type { PerImage } from './reduce-map.js';

/**
 * Counts for maps of any size: a row for every line of every map, [batch, lines, units], to be added up outside. The shorter way across
 * a map is never too long for float32.
 *
 * @param marks 1 where an element counts and 0 elsewhere
 */
export function countByLine(emission: Emission, marks: Activation): PerImage {
  const { builder, batch } = emission;
  const { value, shape, layout } = marks;
  const [height, width, units] = shape;
  const plain = convertLayout(emission, value, shape, layout, 'plain');
  const counts = builder.reduce('ReduceSum', plain, [height < width ? 2 : 3]);
  return {
    value: builder.transpose(counts, [0, 2, 1]),
    dims: [batch, Math.max(height, width), units],
    scale: 1,
  };
}
