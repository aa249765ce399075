import { inputCount } from '../model/unit-model.js';
import { instantiateKernel } from './kernel-module.js';
import { configureKernel, LANES, type KernelOptions, type KernelPlaces } from './kernel-settings.js';
import {
  CHI_SQUARES_USED,
  FIRST_HIT,
  NOISE_USED,
  roundUp,
  ROWS_USED,
  STATE_BYTES,
  STREAMS,
  UPDATES,
  WEIGHTS,
} from './trial-layout.js';

/** Trials of one unit in WebAssembly's memory. */
export class Kernel {
  private readonly exports = instantiateKernel();
  private readonly places: KernelPlaces;
  private readonly floats: Float64Array;
  private readonly words: Uint32Array;

  constructor(private readonly options: KernelOptions) {
    this.places = configureKernel(this.exports, options);
    this.floats = new Float64Array(this.exports.memory.buffer);
    this.words = new Uint32Array(this.exports.memory.buffer);
  }

  /** Whether hits are noted at every update; else `firstHit` stays −1. */
  get notesHits(): boolean {
    return this.places.notesHits;
  }

  /** Number of numbers of a state: the weights, or two coordinates and the length across; and the bias after them. */
  get stateSize(): number {
    return this.options.model.input.size;
  }

  /**
   * Puts a trial at its beginning.
   *
   * @param seedWords `SEED_WORDS` random 32-bit words: all that the trial draws follows from them
   * @param delayLine samples of the delay line less their mean, the newest first, where inputs are one
   */
  start(trial: number, seedWords: Uint32Array, state: Float64Array, delayLine?: Float64Array): void {
    const at = this.placeOf(trial);
    const { words, floats, places } = this;
    STREAMS.forEach((stream, i) => {
      const next = (at + stream + STATE_BYTES) / 4;
      words.set(seedWords.subarray(12 * i, 12 * (i + 1)), next);
      words.fill(1, next + 12, next + 16);
    });
    words[(at + ROWS_USED) / 4] = places.rows;
    words[(at + NOISE_USED) / 4] = places.blockLength;
    words[(at + CHI_SQUARES_USED) / 4] = places.blockLength;
    floats[(at + UPDATES) / 8] = 0;
    floats[(at + FIRST_HIT) / 8] = -1;
    floats.fill(0, (at + WEIGHTS) / 8, (at + places.stride) / 8);
    this.writeWeights(at + WEIGHTS, state);
    if (delayLine) floats.set(delayLine, (at + WEIGHTS) / 8 + 2 * (places.paddedInputs + 2));
  }

  /** Makes so many updates of the first `count` trials. How updates are divided into calls changes nothing. */
  advance(count: number, updates: number): void {
    const byOrderParameters = this.options.space.kind === 'order-parameters';
    const { trials, stride } = this.places;
    this.exports.advance(trials, roundUp(count, byOrderParameters ? LANES : 1), stride, updates, byOrderParameters);
  }

  /** Copies a trial's state to `state`, the bias last. */
  read(trial: number, state: Float64Array): void {
    const at = (this.placeOf(trial) + WEIGHTS) / 8;
    const inputs = inputCount(this.options.model);
    const { floats } = this;
    for (let i = 0; i < inputs; i++) state[i] = floats[at + i];
    if (this.options.model.hasBias) state[inputs] = floats[at + this.places.paddedInputs];
  }

  /** Number of updates after which a trial had Pr[y>0] < ε for the first time, −1 where it never had. */
  firstHit(trial: number): number {
    return this.floats[(this.placeOf(trial) + FIRST_HIT) / 8];
  }

  /** Notes a hit that the kernel can't see, unless there was an earlier one. */
  noteHit(trial: number, updates: number): void {
    const at = (this.placeOf(trial) + FIRST_HIT) / 8;
    if (this.floats[at] < 0) this.floats[at] = updates;
  }

  /** Everything that trials are made of, to go on with elsewhere. */
  save(count: number): Uint8Array {
    const { trials, stride, capacity } = this.places;
    const saved = Math.min(roundUp(count, LANES), capacity);
    return new Uint8Array(this.exports.memory.buffer, trials, saved * stride).slice();
  }

  /** @param saved by a kernel of equal options */
  restore(saved: Uint8Array): void {
    new Uint8Array(this.exports.memory.buffer, this.places.trials).set(saved);
  }

  /** Where a trial begins, in bytes. */
  private placeOf(trial: number): number {
    return this.places.trials + trial * this.places.stride;
  }

  private writeWeights(at: number, weights: Float64Array): void {
    const inputs = inputCount(this.options.model);
    this.floats.set(weights.subarray(0, inputs), at / 8);
    if (this.options.model.hasBias) this.floats[at / 8 + this.places.paddedInputs] = weights[inputs];
  }
}
