import { ACTIVATION_LEVELS, isGradient, type ReluSite, type Statistic, type Tap, type TapPoint } from '@reluctant/core';
import { activationDims, steepSigmoid, type Emission } from '../lowering/emission.js';
import { convertLayout } from '../lowering/layout.js';
import type { Activation } from '../lowering/strategy.js';
import type { Value } from '../onnx/graph-builder.js';
import { countByImage } from './count-by-image.js';
import { countByLine } from './count-by-line.js';
import { countExceedances } from './count-exceedances.js';
import { mapReducer, type PerImage } from './reduce-map.js';

/**
 * What the graph returns for a tap: rows of a number for each unit, to be added up (of `max`, the largest); of `counts` the rows of
 * `count` and then as many of `imageCount`; of `positionCount` [units, positions]; of `imageTotal` equally many for each image, to be
 * added up; of `exceedances` the rows of the first level, and as many of each other.
 */
export type Reduction =
  Count | 'sum' | 'sumAbs' | 'sumSquares' | 'max' | 'positionCount' | 'imageTotal' | 'exceedances';
type Count = 'count' | 'imageCount' | 'counts';

/**
 * The reductions from which a tap's statistics are read. A ReLU's output is never negative: there Σ|y| is Σy. What fired and on how
 * many images is one result, so that ONNX Runtime computes all of it when it comes by.
 */
function reductionsOf({ statistics, at }: Tap, positions: number): ReadonlySet<Reduction> {
  const both = statistics.includes('fired') && statistics.includes('imagesFired') && positions <= MOST_IN_A_MAP;
  return new Set(
    statistics.map((statistic): Reduction => {
      switch (statistic) {
        case 'fired':
          return both ? 'counts' : 'count';
        case 'imagesFired':
          return both ? 'counts' : 'imageCount';
        case 'positionFired':
          return 'positionCount';
        case 'firedPerImage':
          return 'imageTotal';
        case 'sumAbs':
          return at === 'activation' ? 'sum' : 'sumAbs';
        default:
          return statistic;
      }
    }),
  );
}

/** A reduction as an output of the graph. */
export interface EmittedReduction {
  readonly output: string;
  /** What its numbers have to be multiplied by. */
  readonly scale: number;
}

export interface EmittedTap {
  readonly tap: Tap;
  readonly images: number;
  readonly units: number;
  readonly positions: number;
  readonly reductions: ReadonlyMap<Reduction, EmittedReduction>;
}

export interface Tapped {
  readonly tapped: Activation;
  /** A smaller map with the same maxima, where there is one. */
  readonly maximaIn?: Activation;
  /** Of a gradient: a smaller map with the same sums and as many elements that are not 0, where there is one. */
  readonly sumsIn?: Activation;
  /** Of a pre-activation: the ReLU's output, which is above 0 at the same elements and whose mask is there anyway. */
  readonly rectified?: Activation;
}

/** Whether a tap of a gradient looks at more than sums and how many elements are not 0. */
export function needsWholeMap(statistics: readonly Statistic[]): boolean {
  return statistics.includes('max') || statistics.includes('positionFired');
}

/** Emits one tap as outputs of the graph, given what is tapped. */
export function emitTap(
  emission: Emission,
  tap: Tap,
  id: number,
  site: ReluSite,
  { tapped, maximaIn = tapped, sumsIn = tapped, rectified }: Tapped,
): EmittedTap {
  const { units, positions } = site;
  const at = tap.at === 'preactivation' && rectified ? 'activation' : tap.at;
  const counted = rectified ?? sumsIn;
  const whole = rectified ?? tapped;
  const marked = () => ({ ...whole, value: fired(emission, whole.value, at) });
  const large = positions > MOST_IN_A_MAP;
  const reduced = (reduction: Reduction): PerImage => {
    if (reduction === 'positionCount') return countByPosition(emission, marked(), positions);
    if (large && (reduction === 'count' || reduction === 'imageTotal')) return countByLine(emission, marked());
    if (reduction === 'imageTotal') return countByImage(emission, emitCount(emission, counted, at), site);
    if (reduction === 'exceedances') {
      const counts = countExceedances(emission, tapped, large);
      return large ? counts : overImages(emission, reduction, counts, site);
    }
    if (isCount(reduction)) return overImages(emission, reduction, emitCount(emission, counted, at), site);
    const map = reduction === 'max' ? maximaIn : sumsIn;
    return overImages(emission, reduction, emitReduction(emission, reduction, map), site);
  };
  const reductions = new Map<Reduction, EmittedReduction>();
  for (const reduction of reductionsOf(tap, positions)) {
    const output = `tap:${id}:${reduction}`;
    const { value, dims, scale } = reduced(reduction);
    emission.builder.output(output, value, dims);
    reductions.set(reduction, { output, scale });
  }
  return { tap, images: emission.batch, units, positions, reductions };
}

function isCount(reduction: Reduction): reduction is Count {
  return reduction === 'count' || reduction === 'imageCount' || reduction === 'counts';
}

/** How many elements count, for every image and unit. */
function emitCount(emission: Emission, counted: Activation, at: TapPoint): PerImage {
  const { builder } = emission;
  const positions = counted.shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
  const reducer = mapReducer(emission, counted);
  if (!isGradient(at)) return reducer.sum(fired(emission, counted.value, at));
  const zeros = reducer.sum(builder.isZero(counted.value));
  // The zeros are counted and taken from all elements: a pass less. As a mean over positions that are no power of 2, or over more than
  // float32 can count, that would not come to 0 where all are zeros.
  if (!isExactMean(zeros.scale) || positions > MOST_IN_A_MAP) return reducer.sum(fired(emission, counted.value, at));
  return { ...zeros, value: builder.sub(builder.scalar(positions / zeros.scale), zeros.value) };
}

/** For every image and unit. */
function emitReduction(
  emission: Emission,
  reduction: Exclude<Reduction, Count | 'positionCount' | 'imageTotal' | 'exceedances'>,
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

/**
 * One row for all images, or one for each where counts would not stay exact in float32; twice as many of `counts`, and of
 * `exceedances`, which come as one part for each level, so many times.
 */
function overImages(
  { builder, batch, device }: Emission,
  reduction: Reduction,
  { value, scale }: PerImage,
  { units, positions }: ReluSite,
): PerImage {
  const levels = reduction === 'exceedances' ? ACTIVATION_LEVELS.length : 1;
  const parts = reduction === 'counts' ? 2 : levels;
  const images = builder.reshape(value, [levels * batch, units]);
  const marked = () => steepSigmoid(builder, images, 0);
  const perImage = {
    value:
      reduction === 'imageCount'
        ? marked()
        : reduction === 'counts'
          ? builder.op('Concat', [images, marked()], { axis: 0 })
          : images,
    dims: [parts * batch, units],
    scale: reduction === 'imageCount' ? 1 : scale,
  };
  // `ReduceMax` loses a NaN that does not come first: maxima are merged on the host.
  if (reduction === 'max' || batch * positions > mostElements(scale, batch)) return perImage;
  const rows = builder.reshape(perImage.value, [parts, batch, units]);
  // Fast on processors; graphics processors may round the factors of a product to the 11 bits of TF32, which counts don't survive.
  const total =
    device.provider === 'cpu'
      ? builder.op('MatMul', [builder.ones([1, batch]), rows])
      : builder.op('ReduceSum', [rows, builder.integers(1)], { keepdims: 1 });
  return { ...perImage, value: total, dims: [parts, 1, units] };
}

/**
 * Up to how many positions the count of one image is exact in float32, however its layout has it: whole, or as a mean that is off by
 * less than 2^−23 of its size.
 */
const MOST_IN_A_MAP = 2 ** 22;

/**
 * Up to how many elements of a unit a count over all images is exact in float32, at the latest when it is rounded. Whole numbers are up
 * to 2^24, and so are means over 2^n positions. Other means lose up to 2^−24 of their size, and as much with every image added.
 */
function mostElements(scale: number, batch: number): number {
  return isExactMean(scale) ? 2 ** 24 : 2 ** 22 / batch;
}

/** Whether means over so many positions are exact where sums are. */
function isExactMean(scale: number): boolean {
  return Number.isInteger(Math.log2(scale));
}

/** 1 where an element counts and 0 elsewhere. */
function fired(emission: Emission, value: Value, at: TapPoint): Value {
  const { builder } = emission;
  if (isGradient(at)) return builder.nonZero(value);
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
