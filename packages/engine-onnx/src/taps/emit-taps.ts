import type { ReluSite, Statistic, Tap, TapPoint } from '@reluctant/core';
import type { Emission } from '../lowering/emission.js';
import type { Value } from '../onnx/graph-builder.js';

/**
 * What the graph returns for a tap. Sums run over the positions of one image only, so that counts stay exact in float32
 * (below 2^24); the host adds up the images. All are [batch, units] but `positionCount`, [units, positions].
 */
export type Reduction = 'count' | 'sum' | 'sumAbs' | 'sumSquares' | 'max' | 'positionCount';

/** The reduction from which a statistic is read. */
export const REDUCTION_OF: Readonly<Record<Statistic, Reduction>> = {
  fired: 'count',
  imagesFired: 'count',
  sum: 'sum',
  sumAbs: 'sumAbs',
  sumSquares: 'sumSquares',
  max: 'max',
  positionFired: 'positionCount',
};

export interface EmittedTap {
  readonly tap: Tap;
  readonly units: number;
  readonly positions: number;
  /** Names of the graph's outputs. */
  readonly outputs: ReadonlyMap<Reduction, string>;
}

/** Emits one tap as outputs of the graph. `value` is the tapped tensor, [batch, C, H, W] or [batch, F]. */
export function emitTap(emission: Emission, tap: Tap, id: number, site: ReluSite, value: Value): EmittedTap {
  const { builder, batch } = emission;
  const { units, positions } = site;
  const elements = builder.reshape(value, [batch, units, positions]);
  const reductions = new Set(tap.statistics.map((statistic) => REDUCTION_OF[statistic]));
  const outputs = new Map<Reduction, string>();
  for (const reduction of reductions) {
    const name = `tap:${id}:${reduction}`;
    const dims = reduction === 'positionCount' ? [units, positions] : [batch, units];
    builder.output(name, reduce(emission, reduction, elements, tap.at), dims);
    outputs.set(reduction, name);
  }
  return { tap, units, positions, outputs };
}

/** @param elements [batch, units, positions] */
function reduce({ builder }: Emission, reduction: Reduction, elements: Value, at: TapPoint): Value {
  switch (reduction) {
    case 'count':
      return builder.reduce('ReduceSum', fired(), [2]);
    case 'positionCount':
      return builder.reduce('ReduceSum', fired(), [0]);
    case 'sum':
      return builder.reduce('ReduceSum', elements, [2]);
    case 'sumAbs':
      return builder.reduce('ReduceL1', elements, [2]);
    case 'sumSquares':
      return builder.reduce('ReduceSumSquare', elements, [2]);
    case 'max':
      return builder.reduce('ReduceMax', elements, [2]);
  }

  function fired(): Value {
    const zero = builder.scalar(0);
    return at === 'gradient'
      ? builder.sub(builder.scalar(1), builder.indicator('Equal', elements, zero))
      : builder.indicator('Greater', elements, zero);
  }
}
