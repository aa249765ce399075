import type { ReluSite, Statistic, Tap, TapPoint } from '@reluctant/core';
import type { Emission } from '../lowering/emission.js';
import type { GraphBuilder, Value } from '../onnx/graph-builder.js';

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

/** Emits one tap as outputs of the graph. `value` is the tapped tensor, [batch, C, H, W] or [batch, F]. */
export function emitTap(emission: Emission, tap: Tap, id: number, site: ReluSite, value: Value): EmittedTap {
  const { builder, batch } = emission;
  const { units, positions } = site;
  const outputs = new Map<Reduction, string>();
  for (const reduction of new Set(tap.statistics.map((statistic) => reductionOf(statistic, tap.at)))) {
    const perPosition = reduction === 'positionCount';
    const [operator, operand] = reductionOperator(builder, reduction, value, tap.at);
    const elements = builder.reshape(operand, [batch, units, positions]);
    const name = `tap:${id}:${reduction}`;
    const dims = perPosition ? [units, positions] : [batch, units];
    builder.output(name, builder.reduce(operator, elements, [perPosition ? 0 : 2]), dims);
    outputs.set(reduction, name);
  }
  return { tap, units, positions, outputs };
}

/** What is reduced, and how. `ReduceL1` and `ReduceSumSquare` take longer than an elementwise operator and a plain sum. */
function reductionOperator(
  builder: GraphBuilder,
  reduction: Reduction,
  value: Value,
  at: TapPoint,
): ['ReduceSum' | 'ReduceMax', Value] {
  switch (reduction) {
    case 'count':
    case 'positionCount':
      return ['ReduceSum', at === 'gradient' ? builder.nonZero(value) : builder.positive(value)];
    case 'sum':
      return ['ReduceSum', value];
    case 'sumAbs':
      return ['ReduceSum', builder.op('Abs', [value])];
    case 'sumSquares':
      return ['ReduceSum', builder.mul(value, value)];
    case 'max':
      return ['ReduceMax', value];
  }
}
