import type { ReluSite } from '@reluctant/core';
import type { Emission } from '../lowering/emission.js';
import type { PerImage } from './reduce-map.js';

/** Up to this, float32 holds every whole number. */
const LARGEST_WHOLE = 2 ** 24;

/**
 * How many elements of all units together count in each image: one number an image, or where that would not stay exact in float32 one
 * for every unit, to be added up outside.
 *
 * @param counts for every image and unit, each exact once it is rounded
 */
export function countByImage({ builder, batch, device }: Emission, counts: PerImage, site: ReluSite): PerImage {
  const { units, positions } = site;
  const { value, scale } = counts;
  const images = builder.reshape(value, [batch, units]);
  if (units * positions > LARGEST_WHOLE) return { value: images, dims: [batch, units], scale };
  const exact = Number.isInteger(Math.log2(scale));
  const whole = exact ? images : builder.op('Round', [builder.mul(images, builder.scalar(scale))]);
  // Not as a product on graphics processors, which may round its factors.
  const total =
    device.provider === 'cpu'
      ? builder.op('MatMul', [whole, builder.ones([units, 1])])
      : builder.op('ReduceSum', [whole, builder.integers(1)], { keepdims: 1 });
  return { value: total, dims: [batch, 1], scale: exact ? scale : 1 };
}
