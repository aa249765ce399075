import type { Padding, Shape } from '../graph.js';
import { unsupported, type LayerCall } from './layer-call.js';

/** A number or a pair, as tfjs configurations give them. */
export function pair(value: unknown, fallback: readonly [number, number] = [1, 1]): [number, number] {
  if (typeof value === 'number') return [value, value];
  if (Array.isArray(value)) return value.length === 1 ? [value[0], value[0]] : [value[0], value[1]];
  return [...fallback];
}

/**
 * tfjs's `same` and `valid` as numbers of pixels. `same` gives ⌈in/stride⌉ outputs, with the odd pixel at the bottom and right.
 */
export function resolvePadding(
  call: LayerCall,
  input: Shape,
  window: {
    readonly size: readonly number[];
    readonly strides: readonly number[];
    readonly dilation?: readonly number[];
  },
): Padding {
  const mode = call.config.padding ?? 'valid';
  if (mode === 'valid') return { top: 0, bottom: 0, left: 0, right: 0 };
  if (mode !== 'same') throw unsupported(call, `padding "${String(mode)}" is not read (known: same, valid)`);
  const total = [0, 1].map((axis) => {
    const extent = (window.size[axis] - 1) * (window.dilation?.[axis] ?? 1) + 1;
    const outputs = Math.ceil(input[axis] / window.strides[axis]);
    return Math.max((outputs - 1) * window.strides[axis] + extent - input[axis], 0);
  });
  const [top, left] = total.map((pixels) => Math.floor(pixels / 2));
  return { top, bottom: total[0] - top, left, right: total[1] - left };
}
