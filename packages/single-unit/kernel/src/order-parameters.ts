// One unit by its order parameters. Where inputs are normal with one variance, and no mean outside the span of a few directions,
// the unit's law is the same in every coordinate system, and everything across the span acts by its length alone. Weights here
// are: along two directions (the second may be missing, and is 0), the length of what is across, the bias. If gradients f x of
// several samples are added to a vector across of length h, it grows along itself by Σ f x₃, and in the remaining directions by a
// vector whose squared length is (Σ f²) χ² times the variance.
//
// Four trials go side by side, two in a vector, without branches: half of all branches would be mispredicted, and a trial's own
// chain of operations leaves the processor waiting. A trial draws from its own streams, whatever it is together with.

import { nextNoise, nextRow, nextSquare, noteUse, renewBlocks, reopenBlocks } from './lane-blocks';
import { meansAreBelow, noteHit } from './lane-hits';
import { fused, gather, pair, scatter } from './lane-vectors';
import * as settings from './settings';
import { UPDATES, WEIGHTS } from './trial';

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
  const signal = f64x2.splat(settings.teacher >= 2 ? 0 : 1);
  const rectified = settings.teacher === 0;
  // An error that is noise alone has no output in it.
  const output: f64 = settings.teacher === settings.NONE ? 0 : 1;
  const outputAbove = f64x2.splat(output);
  const outputBelow = f64x2.splat(output * settings.outputBelow);
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
  let row0 = nextRow(trial0, 0);
  let noise0 = nextNoise(trial0, 0);
  let square0 = nextSquare(trial0, 0);
  const trial1 = trials + 1 * stride;
  let row1 = nextRow(trial1, 1);
  let noise1 = nextNoise(trial1, 1);
  let square1 = nextSquare(trial1, 1);
  const trial2 = trials + 2 * stride;
  let row2 = nextRow(trial2, 2);
  let noise2 = nextNoise(trial2, 2);
  let square2 = nextSquare(trial2, 2);
  const trial3 = trials + 3 * stride;
  let row3 = nextRow(trial3, 3);
  let noise3 = nextNoise(trial3, 3);
  let square3 = nextSquare(trial3, 3);
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
      const outputA = f64x2.mul(sA, v128.bitselect(outputAbove, outputBelow, activeA));
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
      const outputB = f64x2.mul(sB, v128.bitselect(outputAbove, outputBelow, activeB));
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
      const belowA = meansAreBelow(meanA, f64x2.mul(variance, lengthA), bound);
      const meanB = fused(fused(bB, m1, w1B), m2, w2B);
      const lengthB = fused(fused(f64x2.mul(w1B, w1B), w2B, w2B), acrossB, acrossB);
      const belowB = meansAreBelow(meanB, f64x2.mul(variance, lengthB), bound);
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
  noteUse(trial0, 0, updates * batchSize, noise0, square0);
  noteUse(trial1, 1, updates * batchSize, noise1, square1);
  noteUse(trial2, 2, updates * batchSize, noise2, square2);
  noteUse(trial3, 3, updates * batchSize, noise3, square3);
}
