// One unit by its order parameters. Where inputs are normal with one variance, and no mean outside the span of a few directions,
// the unit's law is the same in every coordinate system, and everything across the span acts by its length alone. Weights here
// are: along two directions (the second may be missing, and is 0), the length of what is across, the bias. If gradients f x of
// several samples are added to a vector across of length h, it grows along itself by Σ f x₃, and in the remaining directions by a
// vector whose squared length is (Σ f²) χ² times the variance.
//
// Four trials go side by side, two in a vector, without branches: half of all branches would be mispredicted, and a trial's own
// chain of operations leaves the processor waiting. A trial draws from its own streams, whatever it is together with.

import { fillChiSquares } from './chi-square';
import { STATE_BYTES } from './random-bits';
import * as settings from './settings';
import {
  CHI_SQUARE_STREAM,
  CHI_SQUARES_USED,
  FIRST_HIT,
  INPUT_STREAM,
  NOISE_STREAM,
  NOISE_USED,
  ROWS_USED,
  UPDATES,
  WEIGHTS,
} from './trial';
import { fillVariates, NORMAL } from './variates';

/** Trials side by side. */
export const LANES: i32 = 4;

/** Makes so many updates of four trials, `stride` bytes apart. They have made as many updates as one another. */
export function advanceOrderParameters(trials: usize, stride: usize, updates: i32): void {
  let done = <i64>load<f64>(trials, UPDATES);
  for (let lane = 0; lane < LANES; lane++) reopenBlocks(trials + <usize>lane * stride, lane);
  while (updates > 0) {
    const into = <i32>(done % <i64>settings.chunk);
    // Blocks are looked at after fixed numbers of updates, so that nothing depends on how updates are divided into calls.
    if (into === 0) {
      for (let lane = 0; lane < LANES; lane++) renewBlocks(trials + <usize>lane * stride, lane);
    }
    const count = min(updates, settings.chunk - into);
    advanceChunk(trials, stride, count, <f64>done);
    done += count;
    updates -= count;
  }
  for (let lane = 0; lane < LANES; lane++) store<f64>(trials + <usize>lane * stride, <f64>done, UPDATES);
}

function inputBlock(lane: i32): usize {
  return settings.inputBlock + <usize>(lane * settings.blockStride);
}
function noiseBlock(lane: i32): usize {
  return settings.noiseBlock + <usize>(lane * settings.blockStride);
}
function chiSquareBlock(lane: i32): usize {
  return noiseBlock(lane) + ((<usize>settings.blockLength) << 2);
}

/** Makes again the blocks that were used in part. */
function reopenBlocks(trial: usize, lane: i32): void {
  if (load<i32>(trial, ROWS_USED) < settings.rows) fillInputs(trial, lane);
  if (load<i32>(trial, NOISE_USED) < settings.blockLength) fillNoise(trial, lane);
  if (load<i32>(trial, CHI_SQUARES_USED) < settings.blockLength) fillSquares(trial, lane);
}

/** Makes new blocks where the rest might not last for another chunk. */
function renewBlocks(trial: usize, lane: i32): void {
  const samples = settings.chunk * settings.batchSize;
  if (settings.rows - load<i32>(trial, ROWS_USED) < samples) {
    moveOn(trial + INPUT_STREAM);
    fillInputs(trial, lane);
    store<i32>(trial, 0, ROWS_USED);
  }
  if (settings.blockLength - load<i32>(trial, NOISE_USED) < samples) {
    moveOn(trial + NOISE_STREAM);
    fillNoise(trial, lane);
    store<i32>(trial, 0, NOISE_USED);
  }
  if (settings.blockLength - load<i32>(trial, CHI_SQUARES_USED) < settings.chunk) {
    moveOn(trial + CHI_SQUARE_STREAM);
    fillSquares(trial, lane);
    store<i32>(trial, 0, CHI_SQUARES_USED);
  }
}

function moveOn(state: usize): void {
  memory.copy(state, state + STATE_BYTES, STATE_BYTES);
}
function fillInputs(trial: usize, lane: i32): void {
  const state = trial + INPUT_STREAM;
  const count = (settings.rows * settings.rowLength + 7) & ~7;
  fillVariates(NORMAL, state, state + STATE_BYTES, inputBlock(lane), count);
}
function fillNoise(trial: usize, lane: i32): void {
  const state = trial + NOISE_STREAM;
  fillVariates(NORMAL, state, state + STATE_BYTES, noiseBlock(lane), settings.blockLength);
}
function fillSquares(trial: usize, lane: i32): void {
  const state = trial + CHI_SQUARE_STREAM;
  const out = chiSquareBlock(lane);
  fillChiSquares(settings.remainder, state, state + STATE_BYTES, out, settings.blockLength, settings.scratch);
}

/** Two float32 numbers of different places as float64. */
function pair(first: usize, second: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_lane(second, v128.load32_zero(first), 1));
}
function gather(first: usize, second: usize, offset: usize): v128 {
  return f64x2.replace_lane(f64x2.splat(load<f64>(first + offset)), 1, load<f64>(second + offset));
}
function scatter(first: usize, second: usize, offset: usize, values: v128): void {
  store<f64>(first + offset, f64x2.extract_lane(values, 0));
  store<f64>(second + offset, f64x2.extract_lane(values, 1));
}
function fused(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b));
}

function advanceChunk(trials: usize, stride: usize, updates: i32, done: f64): void {
  const zero = f64x2.splat(0);
  const bias = f64x2.splat(settings.hasBias ? 1 : 0);
  const two = settings.directions === 2;
  const deviation = f64x2.splat(load<f64>(settings.factor));
  const variance = f64x2.mul(deviation, deviation);
  const m1 = f64x2.splat(load<f64>(settings.mean));
  const m2 = f64x2.splat(load<f64>(settings.mean, 8));
  // The teacher lies along the first direction.
  const v1 = f64x2.splat(load<f64>(settings.teacherWeights));
  const offset = f64x2.splat(settings.hasBias ? load<f64>(settings.teacherWeights, 24) : 0);
  const signal = f64x2.splat(settings.teacher === 2 ? 0 : 1);
  const rectified = settings.teacher === 0;
  const outputBelow = f64x2.splat(settings.outputBelow);
  const gateBelow = f64x2.splat(settings.gateBelow);
  const alwaysActive = settings.gateBelow !== 0;
  const noise = f64x2.splat(settings.noise);
  const scale = f64x2.splat(settings.stepSize / <f64>settings.batchSize);
  const keep = f64x2.splat(1 - settings.stepSize * settings.weightDecay);
  const mayMove = settings.remainder >= 0 ? f64x2.splat(1) : zero;
  const bound = f64x2.splat(settings.threshold * abs(settings.threshold));
  const noteHits = settings.noteHits;
  const rowBytes = (<usize>settings.rowLength) << 2;
  const batchSize = settings.batchSize;
  const trial0 = trials + 0 * stride;
  const noiseFrom0 = noiseBlock(0);
  const squaresFrom0 = chiSquareBlock(0);
  let row0 = inputBlock(0) + <usize>load<i32>(trial0, ROWS_USED) * rowBytes;
  let noise0 = noiseFrom0 + ((<usize>load<i32>(trial0, NOISE_USED)) << 2);
  let square0 = squaresFrom0 + ((<usize>load<i32>(trial0, CHI_SQUARES_USED)) << 2);
  const trial1 = trials + 1 * stride;
  const noiseFrom1 = noiseBlock(1);
  const squaresFrom1 = chiSquareBlock(1);
  let row1 = inputBlock(1) + <usize>load<i32>(trial1, ROWS_USED) * rowBytes;
  let noise1 = noiseFrom1 + ((<usize>load<i32>(trial1, NOISE_USED)) << 2);
  let square1 = squaresFrom1 + ((<usize>load<i32>(trial1, CHI_SQUARES_USED)) << 2);
  const trial2 = trials + 2 * stride;
  const noiseFrom2 = noiseBlock(2);
  const squaresFrom2 = chiSquareBlock(2);
  let row2 = inputBlock(2) + <usize>load<i32>(trial2, ROWS_USED) * rowBytes;
  let noise2 = noiseFrom2 + ((<usize>load<i32>(trial2, NOISE_USED)) << 2);
  let square2 = squaresFrom2 + ((<usize>load<i32>(trial2, CHI_SQUARES_USED)) << 2);
  const trial3 = trials + 3 * stride;
  const noiseFrom3 = noiseBlock(3);
  const squaresFrom3 = chiSquareBlock(3);
  let row3 = inputBlock(3) + <usize>load<i32>(trial3, ROWS_USED) * rowBytes;
  let noise3 = noiseFrom3 + ((<usize>load<i32>(trial3, NOISE_USED)) << 2);
  let square3 = squaresFrom3 + ((<usize>load<i32>(trial3, CHI_SQUARES_USED)) << 2);
  let w1A = gather(trial0, trial1, WEIGHTS);
  let w2A = gather(trial0, trial1, WEIGHTS + 8);
  let acrossA = gather(trial0, trial1, WEIGHTS + 16);
  let bA = f64x2.mul(bias, gather(trial0, trial1, WEIGHTS + 24));
  let w1B = gather(trial2, trial3, WEIGHTS);
  let w2B = gather(trial2, trial3, WEIGHTS + 8);
  let acrossB = gather(trial2, trial3, WEIGHTS + 16);
  let bB = f64x2.mul(bias, gather(trial2, trial3, WEIGHTS + 24));

  for (let update = 0; update < updates; update++) {
    let g1A = zero;
    let g2A = zero;
    let g3A = zero;
    let sumA = zero;
    let squaresA = zero;
    let g1B = zero;
    let g2B = zero;
    let g3B = zero;
    let sumB = zero;
    let squaresB = zero;
    for (let sample = 0; sample < batchSize; sample++) {
      const x1A = fused(m1, deviation, pair(row0, row1));
      const x3A = f64x2.mul(deviation, pair(row0 + 4, row1 + 4));
      let sA = fused(fused(bA, w1A, x1A), acrossA, x3A);
      let x2A = zero;
      if (two) {
        x2A = fused(m2, deviation, pair(row0 + 8, row1 + 8));
        sA = fused(sA, w2A, x2A);
      }
      const activeA = f64x2.gt(sA, zero);
      let targetA = fused(offset, v1, x1A);
      if (rectified) targetA = f64x2.pmax(zero, targetA);
      const outputA = f64x2.mul(sA, v128.bitselect(f64x2.splat(1), outputBelow, activeA));
      const cleanA = f64x2.sub(f64x2.mul(signal, targetA), outputA);
      const errorA = fused(cleanA, noise, pair(noise0, noise1));
      const gateA = v128.bitselect(f64x2.splat(1), gateBelow, activeA);
      const factorA = f64x2.mul(f64x2.mul(scale, gateA), errorA);
      g1A = fused(g1A, factorA, x1A);
      g2A = fused(g2A, factorA, x2A);
      g3A = fused(g3A, factorA, x3A);
      sumA = f64x2.add(sumA, factorA);
      squaresA = fused(squaresA, factorA, factorA);
      row0 += rowBytes;
      row1 += rowBytes;
      noise0 += alwaysActive ? 4 : <usize>((<i32>i64x2.extract_lane(activeA, 0)) & 4);
      noise1 += alwaysActive ? 4 : <usize>((<i32>i64x2.extract_lane(activeA, 1)) & 4);
      const x1B = fused(m1, deviation, pair(row2, row3));
      const x3B = f64x2.mul(deviation, pair(row2 + 4, row3 + 4));
      let sB = fused(fused(bB, w1B, x1B), acrossB, x3B);
      let x2B = zero;
      if (two) {
        x2B = fused(m2, deviation, pair(row2 + 8, row3 + 8));
        sB = fused(sB, w2B, x2B);
      }
      const activeB = f64x2.gt(sB, zero);
      let targetB = fused(offset, v1, x1B);
      if (rectified) targetB = f64x2.pmax(zero, targetB);
      const outputB = f64x2.mul(sB, v128.bitselect(f64x2.splat(1), outputBelow, activeB));
      const cleanB = f64x2.sub(f64x2.mul(signal, targetB), outputB);
      const errorB = fused(cleanB, noise, pair(noise2, noise3));
      const gateB = v128.bitselect(f64x2.splat(1), gateBelow, activeB);
      const factorB = f64x2.mul(f64x2.mul(scale, gateB), errorB);
      g1B = fused(g1B, factorB, x1B);
      g2B = fused(g2B, factorB, x2B);
      g3B = fused(g3B, factorB, x3B);
      sumB = f64x2.add(sumB, factorB);
      squaresB = fused(squaresB, factorB, factorB);
      row2 += rowBytes;
      row3 += rowBytes;
      noise2 += alwaysActive ? 4 : <usize>((<i32>i64x2.extract_lane(activeB, 0)) & 4);
      noise3 += alwaysActive ? 4 : <usize>((<i32>i64x2.extract_lane(activeB, 1)) & 4);
    }
    w1A = fused(g1A, keep, w1A);
    w2A = fused(g2A, keep, w2A);
    bA = fused(bA, bias, sumA);
    const alongA = fused(g3A, keep, acrossA);
    const asideA = f64x2.mul(f64x2.mul(variance, squaresA), pair(square0, square1));
    acrossA = f64x2.mul(mayMove, f64x2.sqrt(fused(asideA, alongA, alongA)));
    const movedA = f64x2.gt(squaresA, zero);
    square0 += <usize>((<i32>i64x2.extract_lane(movedA, 0)) & 4);
    square1 += <usize>((<i32>i64x2.extract_lane(movedA, 1)) & 4);
    w1B = fused(g1B, keep, w1B);
    w2B = fused(g2B, keep, w2B);
    bB = fused(bB, bias, sumB);
    const alongB = fused(g3B, keep, acrossB);
    const asideB = f64x2.mul(f64x2.mul(variance, squaresB), pair(square2, square3));
    acrossB = f64x2.mul(mayMove, f64x2.sqrt(fused(asideB, alongB, alongB)));
    const movedB = f64x2.gt(squaresB, zero);
    square2 += <usize>((<i32>i64x2.extract_lane(movedB, 0)) & 4);
    square3 += <usize>((<i32>i64x2.extract_lane(movedB, 1)) & 4);
    if (noteHits) {
      const meanA = fused(fused(bA, m1, w1A), m2, w2A);
      const lengthA = fused(fused(f64x2.mul(w1A, w1A), w2A, w2A), acrossA, acrossA);
      const limitA = f64x2.mul(bound, f64x2.mul(variance, lengthA));
      const belowA = f64x2.lt(f64x2.mul(meanA, f64x2.abs(meanA)), limitA);
      const meanB = fused(fused(bB, m1, w1B), m2, w2B);
      const lengthB = fused(fused(f64x2.mul(w1B, w1B), w2B, w2B), acrossB, acrossB);
      const limitB = f64x2.mul(bound, f64x2.mul(variance, lengthB));
      const belowB = f64x2.lt(f64x2.mul(meanB, f64x2.abs(meanB)), limitB);
      if (v128.any_true(v128.or(belowA, belowB))) {
        const now = done + <f64>(update + 1);
        noteHit(trial0, i64x2.extract_lane(belowA, 0), now);
        noteHit(trial1, i64x2.extract_lane(belowA, 1), now);
        noteHit(trial2, i64x2.extract_lane(belowB, 0), now);
        noteHit(trial3, i64x2.extract_lane(belowB, 1), now);
      }
    }
  }

  scatter(trial0, trial1, WEIGHTS, w1A);
  scatter(trial0, trial1, WEIGHTS + 8, w2A);
  scatter(trial0, trial1, WEIGHTS + 16, acrossA);
  scatter(trial0, trial1, WEIGHTS + 24, bA);
  scatter(trial2, trial3, WEIGHTS, w1B);
  scatter(trial2, trial3, WEIGHTS + 8, w2B);
  scatter(trial2, trial3, WEIGHTS + 16, acrossB);
  scatter(trial2, trial3, WEIGHTS + 24, bB);
  store<i32>(trial0, load<i32>(trial0, ROWS_USED) + updates * batchSize, ROWS_USED);
  store<i32>(trial0, <i32>((noise0 - noiseFrom0) >> 2), NOISE_USED);
  store<i32>(trial0, <i32>((square0 - squaresFrom0) >> 2), CHI_SQUARES_USED);
  store<i32>(trial1, load<i32>(trial1, ROWS_USED) + updates * batchSize, ROWS_USED);
  store<i32>(trial1, <i32>((noise1 - noiseFrom1) >> 2), NOISE_USED);
  store<i32>(trial1, <i32>((square1 - squaresFrom1) >> 2), CHI_SQUARES_USED);
  store<i32>(trial2, load<i32>(trial2, ROWS_USED) + updates * batchSize, ROWS_USED);
  store<i32>(trial2, <i32>((noise2 - noiseFrom2) >> 2), NOISE_USED);
  store<i32>(trial2, <i32>((square2 - squaresFrom2) >> 2), CHI_SQUARES_USED);
  store<i32>(trial3, load<i32>(trial3, ROWS_USED) + updates * batchSize, ROWS_USED);
  store<i32>(trial3, <i32>((noise3 - noiseFrom3) >> 2), NOISE_USED);
  store<i32>(trial3, <i32>((square3 - squaresFrom3) >> 2), CHI_SQUARES_USED);
}

function noteHit(trial: usize, below: i64, update: f64): void {
  if (below !== 0 && load<f64>(trial, FIRST_HIT) < 0) store<f64>(trial, update, FIRST_HIT);
}
