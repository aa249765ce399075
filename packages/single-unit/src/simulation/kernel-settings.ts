import { normalQuantile } from '@reluctant/core';
import { inputCount, type UnitModel } from '../model/unit-model.js';
import { inactiveSide } from '../model/update-rule.js';
import { COMPOSITION, compositionOf, factorMatrix, rowLengthOf } from './input-composition.js';
import type { KernelExports } from './kernel-module.js';
import { roundUp, WEIGHTS } from './trial-layout.js';

/** Numbers of `kernel/src/variates.ts`. */
export const VARIATES = { normal: 0, uniform: 1, laplace: 2, bernoulli: 3, patches: 4 } as const;
/** Numbers of `kernel/src/settings.ts`. */
const TEACHERS = { relu: 0, linear: 1, zero: 2, none: 3 } as const;

/** Trials that order parameters advance side by side. */
export const LANES = 4;
const FLOATS_PER_BLOCK = 1024;
const NOISE_PER_BLOCK = 64;

/** How a unit's weights are kept: all of them, or by order parameters. */
export type StateSpace =
  | { readonly kind: 'full' }
  | { readonly kind: 'order-parameters'; readonly directions: 1 | 2; readonly across: number };

export interface KernelOptions {
  /**
   * With order parameters, the model of the coordinates along the directions, of the length across (3 inputs) and of the bias; the
   * second coordinate is 0 where there is one direction.
   */
  readonly model: UnitModel;
  readonly space: StateSpace;
  /** Most trials at a time. */
  readonly capacity: number;
  /** ε: the first time that Pr[y>0] < ε is noted. Only for independent normal inputs. */
  readonly deadBelow: number;
}

/** Where in a kernel's memory its trials lie, and what must be known to begin one. */
export interface KernelPlaces {
  /** Bytes: the first trial, and from one to the next. */
  readonly trials: number;
  readonly stride: number;
  readonly capacity: number;
  /** Rows of a block of inputs, and numbers of one of noise or of χ². */
  readonly rows: number;
  readonly blockLength: number;
  /** Numbers before the bias in a state. */
  readonly paddedInputs: number;
  readonly notesHits: boolean;
}

/** Lays a kernel's memory out, writes the model into it and makes it the one that the kernel trains. Memory doesn't grow later on. */
export function configureKernel(exports: KernelExports, options: KernelOptions): KernelPlaces {
  const { model, space, deadBelow } = options;
  const { distribution, hasBias, batchSize } = model;
  const inputs = inputCount(model);
  const byOrderParameters = space.kind === 'order-parameters';
  const padded = roundUp(inputs, 2);
  const paddedInputs = byOrderParameters ? 3 : padded;
  const composition = byOrderParameters ? COMPOSITION.diagonal : compositionOf(model);
  const blocks = blockSizes(space, rowLengthOf(composition, padded), batchSize);
  const capacity = roundUp(options.capacity, blocks.lanes);
  const notesHits = distribution.kind === 'normal';

  const allocate = allocator(exports);
  const inputBlockBytes = roundUp(4 * roundUp(blocks.rows * blocks.rowLength, 8), 16);
  const blockStride = inputBlockBytes + 8 * blocks.length;
  const teacher = allocate(8 * (paddedInputs + 2));
  const mean = allocate(8 * (paddedInputs + 1));
  const isMatrix = composition === COMPOSITION.triangular || composition === COMPOSITION.delayLine;
  const factor = allocate(8 * (isMatrix ? padded * padded : padded + 2));
  const patches = allocate(distribution.patches ? (8 * padded * distribution.patches.length) / inputs : 0);
  const place = 8 * (padded + 2);
  const [input, gradient, scratch] = [allocate(place), allocate(place), allocate(place + 512)];
  const block = allocate(blocks.lanes * blockStride);
  const settings = allocate(8 * 40);
  const stride = WEIGHTS + roundUp(8 * (2 * (padded + 2) + padded + 2), 16);
  const trials = allocate(capacity * stride);

  const floats = new Float64Array(exports.memory.buffer);
  const { slope: outputBelow, gate: gateBelow } = inactiveSide(model.rule);
  const { delayLine } = distribution;
  // The order is that of `kernel/src/settings.ts`.
  floats.set(
    [
      padded,
      hasBias ? 1 : 0,
      TEACHERS[model.teacher.kind],
      outputBelow,
      gateBelow,
      model.noise,
      model.stepSize,
      batchSize,
      model.momentum,
      model.weightDecay,
      normalQuantile(Math.min(deadBelow, 1)),
      notesHits ? 1 : 0,
      VARIATES[distribution.kind],
      composition,
      blocks.rowLength,
      blocks.rows,
      delayLine?.correlation ?? 0,
      delayLine ? delayLine.deviation * Math.sqrt(1 - delayLine.correlation ** 2) : 0,
      distribution.patches ? distribution.patches.length / inputs : 0,
      ...[teacher, mean, factor, patches, input, gradient, scratch, block, block + inputBlockBytes],
      byOrderParameters ? space.directions : 1,
      byOrderParameters ? space.across - 1 : 0,
      blocks.chunk,
      blocks.length,
      blockStride,
      inputs,
    ],
    settings / 8,
  );
  floats.set(model.teacher.weights.subarray(0, inputs), teacher / 8);
  if (hasBias) floats[teacher / 8 + paddedInputs] = model.teacher.weights[inputs];
  floats.set(model.input.mean.subarray(0, inputs), mean / 8);
  if (isMatrix) writeRows(floats, factor / 8, factorMatrix(distribution.factor, inputs), inputs, padded);
  else if (distribution.factor.kind === 'diagonal') floats.set(distribution.factor.deviations, factor / 8);
  if (distribution.patches) writeRows(floats, patches / 8, distribution.patches, inputs, padded);
  exports.configure(settings);
  return { trials, stride, capacity, rows: blocks.rows, blockLength: blocks.length, paddedInputs, notesHits };
}

/**
 * Numbers of a row, rows of a block of inputs, numbers of a block of noise or of χ², updates that are made between two looks at
 * what is left of them, and trials that each have blocks of their own.
 */
function blockSizes(space: StateSpace, fullRowLength: number, batchSize: number) {
  if (space.kind === 'full') {
    const rows = Math.max(1, Math.floor(FLOATS_PER_BLOCK / fullRowLength));
    return { rowLength: fullRowLength, rows, length: NOISE_PER_BLOCK, chunk: 1, lanes: 1 };
  }
  const chunk = Math.max(1, Math.floor(16 / batchSize));
  const samples = chunk * batchSize;
  const rows = roundUp(128, samples);
  return { rowLength: 1 + space.directions, rows, length: roundUp(Math.max(128, samples), 8), chunk, lanes: LANES };
}

/** Hands out places in the memory that the kernel doesn't use itself, which grows as is needed. */
function allocator({ memory, freeMemory }: KernelExports): (bytes: number) => number {
  let top = roundUp(freeMemory(), 16);
  return (bytes) => {
    const at = top;
    top += roundUp(bytes, 16);
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    return at;
  };
}

/** Writes rows of `from` numbers as rows of `to` numbers. */
function writeRows(floats: Float64Array, at: number, rows: Float64Array, from: number, to: number): void {
  for (let row = 0; row * from < rows.length; row++)
    floats.set(rows.subarray(row * from, (row + 1) * from), at + row * to);
}
