import { normalQuantile } from '@reluctant/core';
import type { InputDistribution } from '../model/input-distribution.js';
import type { UnitModel } from '../model/unit-model.js';
import { inactiveSide } from '../theory/theory-model.js';
import { KERNEL_BYTES } from './generated/kernel-bytes.js';

/** What `kernel/src/index.ts` exports. Pointers are byte offsets into its memory. */
interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  configure(settings: number): void;
  advance(trials: number, count: number, stride: number, updates: number, byOrderParameters: boolean): void;
  fillVariates(kind: number, state: number, next: number, out: number, count: number): void;
  fillChiSquares(degrees: number, state: number, next: number, out: number, count: number, scratch: number): void;
  multiplyAdds(times: number): number;
  freeMemory(): number;
}

/** Compiled once a thread: what the engine has learnt to run fast stays fast. */
let compiled: object | undefined;

/** Instantiates the WebAssembly module: one memory of its own. */
export function instantiateKernel(): KernelExports {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyNamespace }).WebAssembly;
  compiled ??= new Module(Buffer.from(KERNEL_BYTES, 'base64'));
  return new Instance(compiled).exports as KernelExports;
}

/** The little of WebAssembly's interface that is used; TypeScript has it in the library of browsers alone. */
interface WebAssemblyNamespace {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
}

/** Numbers of `kernel/src/variates.ts`. */
export const VARIATES = { normal: 0, uniform: 1, laplace: 2, bernoulli: 3, patches: 4 } as const;
/** Numbers of `kernel/src/inputs.ts`. */
const COMPOSITION = { standard: 0, diagonal: 1, triangular: 2, delayLine: 3, patches: 4 } as const;
const TEACHERS = { relu: 0, linear: 1, zero: 2 } as const;

/** Places of `kernel/src/trial.ts`, in bytes. A stream is two states of 64 bytes, of which the second is the one to go on with. */
const STREAMS = [0, 128, 256];
const STATE_BYTES = 64;
const ROWS_USED = 384;
const NOISE_USED = 388;
const CHI_SQUARES_USED = 392;
const UPDATES = 400;
const FIRST_HIT = 408;
const WEIGHTS = 416;

/** Words that seed a trial's streams: a, b and c of four generators for each. */
export const SEED_WORDS = STREAMS.length * 12;
/** Trials that order parameters advance side by side. */
const LANES = 4;
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

/** Trials of one unit in WebAssembly's memory. */
export class Kernel {
  /** Whether hits are noted at every update; else `firstHit` stays −1. */
  readonly notesHits: boolean;
  private readonly exports = instantiateKernel();
  private readonly stride: number;
  private readonly trials: number;
  private readonly rows: number;
  private readonly blockLength: number;
  private readonly capacity: number;
  private readonly paddedInputs: number;
  private readonly floats: Float64Array;
  private readonly words: Uint32Array;
  private top: number;

  constructor(private readonly options: KernelOptions) {
    const { model, space, deadBelow } = options;
    const { distribution, hasBias, batchSize } = model;
    const inputs = inputCount(model);
    const byOrderParameters = space.kind === 'order-parameters';
    this.capacity = byOrderParameters ? Math.ceil(options.capacity / LANES) * LANES : options.capacity;
    this.top = roundUp(this.exports.freeMemory(), 16);

    const padded = inputs + (inputs % 2);
    this.paddedInputs = byOrderParameters ? 3 : padded;
    const composition = byOrderParameters ? COMPOSITION.diagonal : compositionOf(model);
    const rowLength = byOrderParameters ? 1 + space.directions : rowLengthOf(composition, padded);
    const chunk = byOrderParameters ? Math.max(1, Math.floor(16 / batchSize)) : 1;
    const samples = chunk * batchSize;
    this.rows = byOrderParameters
      ? samples * Math.ceil(128 / samples)
      : Math.max(1, Math.floor(FLOATS_PER_BLOCK / rowLength));
    this.blockLength = byOrderParameters ? roundUp(Math.max(128, samples), 8) : NOISE_PER_BLOCK;
    this.notesHits = distribution.kind === 'normal';

    const inputBlockBytes = roundUp(4 * roundUp(this.rows * rowLength, 8), 16);
    const noiseBlockBytes = 8 * this.blockLength;
    const blockStride = inputBlockBytes + noiseBlockBytes;
    const blocks = byOrderParameters ? LANES : 1;
    const teacher = this.allocate(8 * (this.paddedInputs + 2));
    const mean = this.allocate(8 * (this.paddedInputs + 1));
    const isMatrix = composition === COMPOSITION.triangular || composition === COMPOSITION.delayLine;
    const factor = this.allocate(8 * (isMatrix ? padded * padded : padded + 2));
    const patches = this.allocate(distribution.patches ? (8 * padded * distribution.patches.length) / inputs : 0);
    const place = 8 * (padded + 2);
    const [input, gradient, scratch] = [this.allocate(place), this.allocate(place), this.allocate(place + 512)];
    const block = this.allocate(blocks * blockStride);
    const settings = this.allocate(8 * 40);
    this.stride = WEIGHTS + roundUp(8 * (2 * (padded + 2) + padded + 2), 16);
    this.trials = this.allocate(this.capacity * this.stride);

    const { slope: outputBelow, gate: gateBelow } = inactiveSide(model.rule);
    // Memory doesn't grow from here on, which would take the buffer away.
    const floats = new Float64Array(this.exports.memory.buffer);
    this.floats = floats;
    this.words = new Uint32Array(this.exports.memory.buffer);
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
        this.notesHits ? 1 : 0,
        VARIATES[distribution.kind],
        composition,
        rowLength,
        this.rows,
        delayLine?.correlation ?? 0,
        delayLine ? delayLine.deviation * Math.sqrt(1 - delayLine.correlation ** 2) : 0,
        distribution.patches ? distribution.patches.length / inputs : 0,
        ...[teacher, mean, factor, patches, input, gradient, scratch, block, block + inputBlockBytes],
        byOrderParameters ? space.directions : 1,
        byOrderParameters ? space.across - 1 : 0,
        chunk,
        this.blockLength,
        blockStride,
        inputs,
      ],
      settings / 8,
    );
    this.writeWeights(teacher, model.teacher.weights);
    floats.set(model.input.mean.subarray(0, inputs), mean / 8);
    if (isMatrix) writeRows(floats, factor / 8, factorMatrix(distribution.factor, inputs), inputs, padded);
    else if (distribution.factor.kind === 'diagonal') floats.set(distribution.factor.deviations, factor / 8);
    if (distribution.patches) writeRows(floats, patches / 8, distribution.patches, inputs, padded);
    this.exports.configure(settings);
  }

  /** Number of numbers of a state: the weights, or two coordinates and the length across; and the bias after them. */
  get stateSize(): number {
    return inputCount(this.options.model) + (this.options.model.hasBias ? 1 : 0);
  }

  /**
   * Puts a trial at its beginning.
   *
   * @param seedWords `SEED_WORDS` random 32-bit words: all that the trial draws follows from them
   * @param delayLine samples of the delay line less their mean, the newest first, where inputs are one
   */
  start(trial: number, seedWords: Uint32Array, state: Float64Array, delayLine?: Float64Array): void {
    const at = this.trials + trial * this.stride;
    const { words, floats } = this;
    STREAMS.forEach((stream, i) => {
      const next = (at + stream + STATE_BYTES) / 4;
      words.set(seedWords.subarray(12 * i, 12 * (i + 1)), next);
      words.fill(1, next + 12, next + 16);
    });
    words[(at + ROWS_USED) / 4] = this.rows;
    words[(at + NOISE_USED) / 4] = this.blockLength;
    words[(at + CHI_SQUARES_USED) / 4] = this.blockLength;
    floats[(at + UPDATES) / 8] = 0;
    floats[(at + FIRST_HIT) / 8] = -1;
    floats.fill(0, (at + WEIGHTS) / 8, (at + this.stride) / 8);
    this.writeWeights(at + WEIGHTS, state);
    if (delayLine) floats.set(delayLine, (at + WEIGHTS) / 8 + 2 * (this.paddedInputs + 2));
  }

  /** Makes so many updates of the first `count` trials. How updates are divided into calls changes nothing. */
  advance(count: number, updates: number): void {
    const byOrderParameters = this.options.space.kind === 'order-parameters';
    const trials = byOrderParameters ? Math.ceil(count / LANES) * LANES : count;
    this.exports.advance(this.trials, trials, this.stride, updates, byOrderParameters);
  }

  /** Copies a trial's state to `state`, the bias last. */
  read(trial: number, state: Float64Array): void {
    const at = (this.trials + trial * this.stride + WEIGHTS) / 8;
    const inputs = inputCount(this.options.model);
    const { floats } = this;
    for (let i = 0; i < inputs; i++) state[i] = floats[at + i];
    if (this.options.model.hasBias) state[inputs] = floats[at + this.paddedInputs];
  }

  /** Number of updates after which a trial had Pr[y>0] < ε for the first time, −1 where it never had. */
  firstHit(trial: number): number {
    return this.floats[(this.trials + trial * this.stride + FIRST_HIT) / 8];
  }

  /** Notes a hit that the kernel can't see, unless there was an earlier one. */
  noteHit(trial: number, updates: number): void {
    const at = (this.trials + trial * this.stride + FIRST_HIT) / 8;
    if (this.floats[at] < 0) this.floats[at] = updates;
  }

  /** Everything that trials are made of, to go on with elsewhere. */
  save(count: number): Uint8Array {
    const bytes = roundUp(count, LANES) * this.stride;
    return new Uint8Array(
      this.exports.memory.buffer,
      this.trials,
      Math.min(bytes, this.capacity * this.stride),
    ).slice();
  }

  /** @param saved by a kernel of equal options */
  restore(saved: Uint8Array): void {
    new Uint8Array(this.exports.memory.buffer, this.trials).set(saved);
  }

  private writeWeights(at: number, weights: Float64Array): void {
    const inputs = inputCount(this.options.model);
    this.floats.set(weights.subarray(0, inputs), at / 8);
    if (this.options.model.hasBias) this.floats[at / 8 + this.paddedInputs] = weights[inputs];
  }

  private allocate(bytes: number): number {
    const at = this.top;
    this.top += roundUp(bytes, 16);
    const { memory } = this.exports;
    const missing = this.top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    return at;
  }
}

const roundUp = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple;

/** Number of inputs, without the bias. */
export const inputCount = ({ input, hasBias }: UnitModel): number => input.size - (hasBias ? 1 : 0);

function compositionOf({ distribution, input: { mean, size }, hasBias }: UnitModel): number {
  const { kind, factor, delayLine } = distribution;
  if (kind === 'patches') return COMPOSITION.patches;
  if (delayLine) return COMPOSITION.delayLine;
  if (factor.kind === 'triangular') return COMPOSITION.triangular;
  const inputs = size - (hasBias ? 1 : 0);
  const isStandard =
    inputs % 2 === 0 && factor.deviations.every((d) => d === 1) && mean.subarray(0, inputs).every((m) => m === 0);
  // An odd number of inputs is padded by one that isn't drawn, which needs a deviation of 0.
  return isStandard ? COMPOSITION.standard : COMPOSITION.diagonal;
}

function rowLengthOf(composition: number, padded: number): number {
  return composition === COMPOSITION.delayLine || composition === COMPOSITION.patches ? 1 : padded;
}

/** C as a matrix, inputs × inputs, row by row. */
export function factorMatrix(factor: InputDistribution['factor'], inputs: number): Float64Array {
  if (factor.kind === 'triangular') return factor.matrix;
  const matrix = new Float64Array(inputs * inputs);
  factor.deviations.forEach((deviation, i) => (matrix[i * (inputs + 1)] = deviation));
  return matrix;
}

/** Writes rows of `from` numbers as rows of `to` numbers. */
function writeRows(floats: Float64Array, at: number, rows: Float64Array, from: number, to: number): void {
  for (let row = 0; row * from < rows.length; row++)
    floats.set(rows.subarray(row * from, (row + 1) * from), at + row * to);
}
