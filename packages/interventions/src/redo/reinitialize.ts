import type { IncomingWeights, NamedArrays, OutgoingWeights, StateEdit } from '@reluctant/core';
import type { FreshLayers } from '../shared/fresh-layers.js';

/** As batch normalisations begin. */
const NORM = { gamma: 1, beta: 0, movingMean: 0, movingVariance: 1 } as const;

/** Sets the weights that read a unit to zero: rows [·, in, ·] of a kernel [in, out] or [kh, kw, in, out]. */
export function closeOff(edit: StateEdit, state: NamedArrays, { kernel, rows }: OutgoingWeights): void {
  const { shape, data } = state[kernel];
  const [inputs, outputs] = shape.slice(-2);
  for (const row of rows) {
    for (let start = row * outputs; start < data.length; start += inputs * outputs) {
      for (let entry = start; entry < start + outputs; entry++) edit.set(kernel, entry, 0);
    }
  }
}

/** Gives a unit new incoming weights, the bias that belongs to them, and normalisations that begin anew. */
export function drawAnew(edit: StateEdit, fresh: FreshLayers, way: IncomingWeights): void {
  const { kernel, bias } = fresh.of(way.kernel);
  for (let entry = way.column; entry < kernel.length; entry += bias.length) {
    edit.set(way.kernel, entry, kernel[entry]);
  }
  if (way.bias !== undefined) edit.set(way.bias, way.column, bias[way.column]);
  for (const { operation, channel } of way.norms) {
    for (const [role, value] of Object.entries(NORM)) {
      const parameter = operation[role as keyof typeof NORM];
      if (parameter !== undefined) edit.set(parameter, channel, value);
    }
  }
}
