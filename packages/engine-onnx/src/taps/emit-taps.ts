import type { ReluSite, Statistic, Tap, TapPoint } from '@reluctant/core';
import { activationDims, steepSigmoid, type Emission } from '../lowering/emission.js';
import { convertLayout } from '../lowering/layout.js';
import type { Activation } from '../lowering/strategy.js';
import type { Value } from '../onnx/graph-builder.js';
import { mapReducer, type PerImage } from './reduce-map.js';

/**
 * What the graph returns for a tap: rows of a number for each unit, to be added up (of `max`, the largest), and of `positionCount`
 * [units, positions].
 */
export type Reduction = 'count' | 'imageCount' | 'sum' | 'sumAbs' | 'sumSquares' | 'max' | 'positionCount';

/** The reduction from which a statistic is read. A ReLU's output is never negative: there Σ|y| is Σy. */
function reductionOf(statistic: Statistic, at: TapPoint): Reduction {
  switch (statistic) {
    case 'fired':
      return 'count';
    case 'imagesFired':
      return 'imageCount';
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
  let counts: PerImage | undefined;
  const perImage = (reduction: Exclude<Reduction, 'positionCount'>): PerImage => {
    if (reduction !== 'count' && reduction !== 'imageCount') return emitReduction(emission, reduction, tapped);
    // Once for both: ONNX Runtime does not merge equal nodes of its blocked operators.
    return (counts ??= mapReducer(emission, tapped).sum(fired(emission, tapped.value, tap.at)));
  };
  for (const reduction of new Set(tap.statistics.map((statistic) => reductionOf(statistic, tap.at)))) {
    const output = `tap:${id}:${reduction}`;
    const { value, dims, scale } =
      reduction === 'positionCount'
        ? countByPosition(emission, { ...tapped, value: fired(emission, tapped.value, tap.at) }, positions)
        : overImages(emission, reduction, perImage(reduction), site);
    emission.builder.output(output, value, dims);
    reductions.set(reduction, { output, scale });
  }
  return { tap, units, positions, reductions };
}

/** For every image and unit. */
function emitReduction(
  emission: Emission,
  reduction: Exclude<Reduction, 'positionCount' | 'count' | 'imageCount'>,
  tapped: Activation,
): PerImage {
  const { builder } = emission;
  const { value } = tapped;
  const reducer = mapReducer(emission, tapped);
  switch (reduction) {
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

/** One row for all images, or one for each where counts would not stay exact in float32. */
function overImages(
  { builder, batch }: Emission,
  reduction: Reduction,
  { value, scale }: PerImage,
  { units, positions }: ReluSite,
): PerImage {
  const images = builder.reshape(value, [batch, units]);
  const counted = reduction === 'imageCount';
  const rows = counted ? steepSigmoid(builder, images, 0) : images;
  const rest = { scale: counted ? 1 : scale };
  // `ReduceMax` loses a NaN that does not come first: maxima are merged on the host.
  if (reduction === 'max' || batch * positions > mostElements(scale, batch)) {
    return { ...rest, value: rows, dims: [batch, units] };
  }
  return { ...rest, value: builder.op('MatMul', [builder.ones([1, batch]), rows]), dims: [1, units] };
}

/**
 * Up to how many elements of a unit a count over all images is exact in float32, at the latest when it is rounded. Whole numbers are up
 * to 2^24, and so are means over 2^n positions. Other means lose up to 2^−24 of their size, and as much with every image added.
 */
function mostElements(scale: number, batch: number): number {
  return Number.isInteger(Math.log2(scale)) ? 2 ** 24 : 2 ** 22 / batch;
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
