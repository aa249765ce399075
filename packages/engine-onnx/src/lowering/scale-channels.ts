import type { Value } from '../onnx/graph-builder.js';
import { affine } from './blocked/convolution.js';
import type { Emission } from './emission.js';
import type { Activation } from './strategy.js';

/** An activation, in whatever layout, with each channel times its entry of `scale`, [C]. */
export function scaleChannels({ builder }: Emission, { value, shape, layout }: Activation, scale: Value): Value {
  const channels = shape.at(-1)!;
  if (shape.length === 3 && layout === 'blocked') return affine(builder, value, channels, scale);
  const rows = shape.length === 1 || layout === 'positions';
  return builder.mul(value, rows ? scale : builder.reshape(scale, [1, channels, 1, 1]));
}
