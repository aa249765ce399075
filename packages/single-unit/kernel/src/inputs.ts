// How input vectors are made of a row of variates.

import * as settings from './settings';

/** x is the row. */
export const STANDARD: i32 = 0;
/** x = m + a deviation for each input times the row. */
export const DIAGONAL: i32 = 1;
/** x = m + C row, C lower triangular. */
export const TRIANGULAR: i32 = 2;
/** x = m + the delay line, which has moved on by one sample. */
export const DELAY_LINE: i32 = 3;
/** x is one of the patches. */
export const PATCHES: i32 = 4;

/** Two float32 numbers as float64. */
function pair(row: usize, i: i32): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(row + ((<usize>i) << 2)));
}

/** Writes the next input, without the bias, to `settings.input`. */
export function composeInput(row: usize, line: usize): void {
  const inputs = settings.inputs;
  const x = settings.input;
  if (settings.composition === STANDARD) {
    for (let i = 0; i < inputs; i += 2) v128.store(x + ((<usize>i) << 3), pair(row, i));
  } else if (settings.composition === DIAGONAL) {
    for (let i = 0; i < inputs; i += 2) {
      const at = (<usize>i) << 3;
      const scaled = f64x2.mul(v128.load(settings.factor + at), pair(row, i));
      v128.store(x + at, f64x2.add(v128.load(settings.mean + at), scaled));
    }
  } else if (settings.composition === TRIANGULAR) {
    for (let i = 0; i < inputs; i += 2) v128.store(settings.scratch + ((<usize>i) << 3), pair(row, i));
    for (let i = 0; i < inputs; i++) {
      const entries = settings.factor + ((<usize>(i * inputs)) << 3);
      let sum = f64x2.splat(0);
      for (let j = 0; j <= i; j += 2) {
        const at = (<usize>j) << 3;
        sum = f64x2.add(sum, f64x2.mul(v128.load(entries + at), v128.load(settings.scratch + at)));
      }
      const value = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
      store<f64>(x + ((<usize>i) << 3), load<f64>(settings.mean + ((<usize>i) << 3)) + value);
    }
  } else if (settings.composition === DELAY_LINE) {
    const newest = settings.correlation * load<f64>(line) + settings.innovation * <f64>load<f32>(row);
    memory.copy(line + 8, line, (<usize>(settings.lineLength - 1)) << 3);
    store<f64>(line, newest);
    for (let i = 0; i < inputs; i += 2) {
      const at = (<usize>i) << 3;
      v128.store(x + at, f64x2.add(v128.load(settings.mean + at), v128.load(line + at)));
    }
  } else {
    const patch = <i32>((<u64>load<u32>(row) * <u64>settings.patchCount) >> 32);
    memory.copy(x, settings.patches + ((<usize>(patch * inputs)) << 3), (<usize>inputs) << 3);
  }
}
