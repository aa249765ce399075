import type { ReluSite, Statistic, Tap, TapPoint } from '@reluctant/core';
import { positionDot, positionMean } from '../lowering/blocked/convolution.js';
import { activationDims, type Emission } from '../lowering/emission.js';
import { convertLayout } from '../lowering/layout.js';
import type { Activation } from '../lowering/strategy.js';
import type { Value } from '../onnx/graph-builder.js';

/**
 * What the graph returns for a tap. Sums run over the positions of one image only, so that counts stay exact in float32
 * (below 2^24); the host adds up the images. All are [batch, units] but `positionCount`, [units, positions].
 */
export type Reduction = 'count' | 'sum' | 'sumAbs' | 'sumSquares' | 'max' | 'positionCount';

/** The reduction from which a statistic is read. A ReLU's output is never negative: there Σ|y| is Σy. */
export function reductionOf(statistic: Statistic, at: TapPoint): Reduction {
  switch (statistic) {
    case 'fired':
    case 'imagesFired':
      return 'count';
    case 'positionFired':
      return 'positionCount';
    case 'sumAbs':
      return at === 'activation' ? 'sum' : 'sumAbs';
    default:
      return statistic;
  }
}

export interface EmittedTap {
  readonly tap: Tap;
  readonly units: number;
  readonly positions: number;
  /** Names of the graph's outputs. */
  readonly outputs: ReadonlyMap<Reduction, string>;
}

/** Emits one tap as outputs of the graph, given what is tapped. */
export function emitTap(emission: Emission, tap: Tap, id: number, site: ReluSite, tapped: Activation): EmittedTap {
  const { builder, batch } = emission;
  const { units, positions } = site;
  const outputs = new Map<Reduction, string>();
  for (const reduction of new Set(tap.statistics.map((statistic) => reductionOf(statistic, tap.at)))) {
    const name = `tap:${id}:${reduction}`;
    const dims = reduction === 'positionCount' ? [units, positions] : [batch, units];
    builder.output(name, emitReduction(emission, reduction, tapped, tap.at, positions), dims);
    outputs.set(reduction, name);
  }
  return { tap, units, positions, outputs };
}

function emitReduction(
  emission: Emission,
  reduction: Reduction,
  { value, shape, layout }: Activation,
  at: TapPoint,
  positions: number,
): Value {
  const { builder, batch } = emission;
  const units = shape.at(-1)!;
  if (reduction === 'sumSquares' && layout === 'blocked') return positionDot(builder, batch, shape, value, value);
  const elements = reducedElements(emission, reduction, value, at);
  if (reduction === 'positionCount') {
    const ones = builder.tensor(new Float32Array(batch).fill(1), [1, batch]);
    const counts = builder.op('MatMul', [ones, builder.reshape(elements, [batch, units * positions])]);
    const map = builder.reshape(counts, layout === 'rows' ? [positions, units] : activationDims(1, shape));
    return builder.reshape(convertLayout({ builder, batch: 1 }, map, shape, layout, 'plain'), [units, positions]);
  }
  if (layout === 'plain') {
    const operator = reduction === 'max' ? 'ReduceMax' : 'ReduceSum';
    return builder.reduce(operator, builder.reshape(elements, [batch, units, positions]), [2]);
  }
  if (layout === 'rows') {
    const perImage = builder.reshape(elements, [batch, positions, units]);
    if (reduction === 'max') return builder.reduce('ReduceMax', perImage, [1]);
    const ones = builder.tensor(new Float32Array(positions).fill(1), [1, positions]);
    return builder.reshape(builder.op('MatMul', [ones, perImage]), [batch, units]);
  }
  if (reduction === 'max') return builder.reshape(builder.blockedOp('GlobalMaxPool', [elements]), [batch, units]);
  const sums = builder.mul(positionMean(builder, batch, shape, elements), builder.scalar(positions));
  return reduction === 'count' ? builder.op('Round', [sums]) : sums;
}

/** What is reduced. `ReduceL1` and `ReduceSumSquare` take longer than an elementwise operator and a plain sum. */
function reducedElements(emission: Emission, reduction: Reduction, value: Value, at: TapPoint): Value {
  const { builder } = emission;
  switch (reduction) {
    case 'count':
    case 'positionCount':
      if (at === 'gradient') return builder.nonZero(value);
      return at === 'activation' ? emission.firing(value) : builder.positive(value);
    case 'sum':
    case 'max':
      return value;
    case 'sumAbs':
      return builder.op('Abs', [value]);
    case 'sumSquares':
      return builder.mul(value, value);
  }
}
