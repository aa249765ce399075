// One unit with all of its weights.

import { composeInput, DIAGONAL, STANDARD } from './inputs';
import { meanIsBelow } from './mean-is-below';
import * as settings from './settings';
import { closeStreams, nextNormal, nextRow, openStreams } from './streams';
import { FIRST_HIT, UPDATES, WEIGHTS } from './trial';

/** Makes so many updates of the trial. */
export function advanceFull(trial: usize, updates: i32): void {
  openStreams(trial);
  const teacher = settings.teacher;
  const outputBelow = settings.outputBelow;
  const gateBelow = settings.gateBelow;
  const noise = settings.noise;
  const batchSize = settings.batchSize;
  const bias: f64 = settings.hasBias ? 1 : 0;
  const bytes = (<usize>settings.inputs) << 3;
  const w = trial + WEIGHTS;
  const v = settings.teacherWeights;
  const offset = bias * load<f64>(v + bytes);
  const velocity = w + bytes + 16;
  const line = velocity + bytes + 16;
  const x = settings.input;
  const gradient = settings.gradient;
  const isStandard = settings.composition === STANDARD;
  const gathers = batchSize > 1 || settings.momentum !== 0 || settings.weightDecay !== 0;
  const target = gathers ? gradient : w;
  const scale = gathers ? 1 / <f64>batchSize : settings.stepSize;
  let hitPending = settings.noteHits && load<f64>(trial, FIRST_HIT) < 0;

  for (let update = 0; update < updates; update++) {
    let moved = gathers;
    if (gathers) memory.fill(gradient, 0, bytes + 8);
    for (let sample = 0; sample < batchSize; sample++) {
      const row = nextRow();
      let s = bias * load<f64>(w + bytes);
      if (isStandard) {
        s += standardProduct(row, w, bytes);
      } else {
        composeInput(row, line);
        s += product(x, w, bytes);
      }
      const gate = s > 0 ? 1.0 : gateBelow;
      if (gate === 0) continue;
      const t = offset + (isStandard ? standardProduct(row, v, bytes) : product(x, v, bytes));
      let error = teacher >= 2 || (teacher === 0 && t <= 0) ? 0.0 : t;
      if (teacher !== settings.NONE) error -= s > 0 ? s : outputBelow * s;
      if (noise > 0) error += noise * nextNormal();
      const factor = scale * error * gate;
      if (isStandard) addStandard(target, factor, row, bytes);
      else addMultiple(target, factor, x, bytes);
      store<f64>(target + bytes, load<f64>(target + bytes) + bias * factor);
      moved = true;
    }
    if (gathers) applyGradient(w, velocity, bytes);
    if (hitPending && moved && isBelow(w, bytes)) {
      store<f64>(trial, load<f64>(trial, UPDATES) + <f64>(update + 1), FIRST_HIT);
      hitPending = false;
    }
  }
  store<f64>(trial, load<f64>(trial, UPDATES) + <f64>updates, UPDATES);
  closeStreams();
}

/** Two of a row's float32 numbers as float64; `at` counts the bytes of float64 numbers. */
function pair(row: usize, at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(row + (at >> 1)));
}

function total(a: v128, b: v128): f64 {
  const sum = f64x2.add(a, b);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

// Two sums side by side: each would wait for its own last addition.

function product(a: usize, b: usize, bytes: usize): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  let at: usize = 0;
  for (; at + 16 < bytes; at += 32) {
    even = f64x2.add(even, f64x2.mul(v128.load(a + at), v128.load(b + at)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(a + at, 16), v128.load(b + at, 16)));
  }
  if (at < bytes) even = f64x2.add(even, f64x2.mul(v128.load(a + at), v128.load(b + at)));
  return total(even, odd);
}

function standardProduct(row: usize, b: usize, bytes: usize): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  let at: usize = 0;
  for (; at + 16 < bytes; at += 32) {
    even = f64x2.add(even, f64x2.mul(pair(row, at), v128.load(b + at)));
    odd = f64x2.add(odd, f64x2.mul(pair(row, at + 16), v128.load(b + at, 16)));
  }
  if (at < bytes) even = f64x2.add(even, f64x2.mul(pair(row, at), v128.load(b + at)));
  return total(even, odd);
}

function addMultiple(to: usize, factor: f64, x: usize, bytes: usize): void {
  const factors = f64x2.splat(factor);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, f64x2.add(v128.load(to + at), f64x2.mul(factors, v128.load(x + at))));
  }
}

function addStandard(to: usize, factor: f64, row: usize, bytes: usize): void {
  const factors = f64x2.splat(factor);
  let at: usize = 0;
  for (; at + 16 < bytes; at += 32) {
    v128.store(to + at, f64x2.add(v128.load(to + at), f64x2.mul(factors, pair(row, at))));
    v128.store(to + at, f64x2.add(v128.load(to + at, 16), f64x2.mul(factors, pair(row, at + 16))), 16);
  }
  if (at < bytes) v128.store(to + at, f64x2.add(v128.load(to + at), f64x2.mul(factors, pair(row, at))));
}

/** V ← β V + gradient − λ w and w ← w + μ V; the bias, at the end, doesn't decay. */
function applyGradient(w: usize, velocity: usize, bytes: usize): void {
  for (let at: usize = 0; at <= bytes; at += 8) {
    const decay = at < bytes ? settings.weightDecay * load<f64>(w + at) : 0.0;
    const speed = settings.momentum * load<f64>(velocity + at) + load<f64>(settings.gradient + at) - decay;
    store<f64>(velocity + at, speed);
    store<f64>(w + at, load<f64>(w + at) + settings.stepSize * speed);
  }
}

/** Whether Pr[y>0] is below the threshold, for normal inputs. */
function isBelow(w: usize, bytes: usize): bool {
  const b = settings.hasBias ? load<f64>(w + bytes) : 0.0;
  if (settings.composition === STANDARD) return meanIsBelow(b, product(w, w, bytes));
  const mean = b + product(settings.mean, w, bytes);
  if (settings.composition !== DIAGONAL) return meanIsBelow(mean, correlatedVariance(w, bytes));
  let variances = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const scaled = f64x2.mul(v128.load(settings.factor + at), v128.load(w + at));
    variances = f64x2.add(variances, f64x2.mul(scaled, scaled));
  }
  return meanIsBelow(mean, total(variances, f64x2.splat(0)));
}

/** |Cᵀ w|². */
function correlatedVariance(w: usize, bytes: usize): f64 {
  const sums = settings.scratch;
  memory.fill(sums, 0, bytes);
  for (let row: usize = 0; row < bytes; row += 8) {
    const weights = f64x2.splat(load<f64>(w + row));
    const entries = settings.factor + (row >> 3) * bytes;
    for (let at: usize = 0; at <= row; at += 16) {
      v128.store(sums + at, f64x2.add(v128.load(sums + at), f64x2.mul(weights, v128.load(entries + at))));
    }
  }
  return product(sums, sums, bytes);
}
