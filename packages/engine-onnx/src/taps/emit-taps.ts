import type { ReluSite, Statistic, Tap, TapPoint } from '@reluctant/core';
import { activationDims, type Emission } from '../lowering/emission.js';
import { convertLayout } from '../lowering/layout.js';
import type { Activation } from '../lowering/strategy.js';
import type { Value } from '../onnx/graph-builder.js';
import { mapReducer, type PerImage } from './reduce-map.js';

/**
 * What the graph returns for a tap. Sums run over the positions of one image only, so that counts stay exact in float32
 * (below 2^24); the host adds up the images. All hold a number for every image and unit but `positionCount`, [units, positions].
 */
export type Reduction = 'count' | 'sum' | 'sumAbs' | 'sumSquares' | 'max' | 'positionCount';

/** The reduction from which a statistic is read. A ReLU's output is never negative: there Σ|y| is Σy. */
function reductionOf(statistic: Statistic, at: TapPoint): Reduction {
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

/** A reduction as an output of the graph. */
export interface EmittedReduction {
  readonly output: string;
  /** What its numbers have to be multiplied by. */
  readonly scale: number;
}

export interface EmittedTap {
  readonly tap: Tap;
  readonly units: number;
  readonly positions: number;
  readonly reductions: ReadonlyMap<Reduction, EmittedReduction>;
}

/** Emits one tap as outputs of the graph, given what is tapped. */
export function emitTap(emission: Emission, tap: Tap, id: number, site: ReluSite, tapped: Activation): EmittedTap {
  const { units, positions } = site;
  const reductions = new Map<Reduction, EmittedReduction>();
  for (const reduction of new Set(tap.statistics.map((statistic) => reductionOf(statistic, tap.at)))) {
    const output = `tap:${id}:${reduction}`;
    const { value, dims, scale } = emitReduction(emission, reduction, tapped, tap.at, positions);
    emission.builder.output(output, value, dims);
    reductions.set(reduction, { output, scale });
  }
  return { tap, units, positions, reductions };
}

function emitReduction(
  emission: Emission,
  reduction: Reduction,
  tapped: Activation,
  at: TapPoint,
  positions: number,
): PerImage {
  const { builder } = emission;
  const { value } = tapped;
  const reducer = mapReducer(emission, tapped);
  switch (reduction) {
    case 'positionCount':
      return countByPosition(emission, { ...tapped, value: fired(emission, value, at) }, positions);
    case 'count':
      return reducer.sum(fired(emission, value, at));
    case 'sum':
      return reducer.sum(value);
    case 'sumAbs':
      return reducer.sum(builder.op('Abs', [value]));
    case 'sumSquares':
      return reducer.sumSquares(value);
    case 'max':
      return reducer.max(value);
  }
}

/** 1 where an element counts and 0 elsewhere. */
function fired(emission: Emission, value: Value, at: TapPoint): Value {
  const { builder } = emission;
  if (at === 'gradient') return builder.nonZero(value);
  return at === 'activation' ? emission.firing(value) : builder.positive(value);
}

/** Over all images, [units, positions]. */
function countByPosition(emission: Emission, { value, shape, layout }: Activation, positions: number): PerImage {
  const { builder, batch } = emission;
  const units = shape.at(-1)!;
  const dims = [units, positions];
  const ones = builder.ones([1, batch]);
  if (layout === 'positions') {
    const counts = builder.op('MatMul', [ones, builder.reshape(value, [positions, batch, units])]);
    return { value: builder.transpose(builder.reshape(counts, [positions, units]), [1, 0]), dims, scale: 1 };
  }
  const counts = builder.op('MatMul', [ones, builder.reshape(value, [batch, units * positions])]);
  const map = builder.reshape(counts, activationDims(1, shape));
  const plain = convertLayout({ ...emission, batch: 1 }, map, shape, layout, 'plain');
  return { value: builder.reshape(plain, dims), dims, scale: 1 };
}
