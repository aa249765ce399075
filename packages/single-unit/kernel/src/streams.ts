// The two streams of the trial at hand: variates that inputs are made of, taken row by row, and normal ones for everything else.

import * as settings from './settings';
import { INPUT_STREAM, NOISE_USED, NOISE_STREAM, ROWS_USED } from './trial';
import { STATE_BYTES } from './random-bits';
import { fillVariates, NORMAL } from './variates';

let trial: usize = 0;
let rowsUsed: i32 = 0;
let noiseUsed: i32 = 0;

/** Goes on where the trial's streams were left: blocks that are used up in part are made again. */
export function openStreams(opened: usize): void {
  trial = opened;
  rowsUsed = load<i32>(trial, ROWS_USED);
  noiseUsed = load<i32>(trial, NOISE_USED);
  if (rowsUsed < settings.rows) fillInputs(trial + INPUT_STREAM);
  if (noiseUsed < settings.blockLength) fillNoise(trial + NOISE_STREAM);
}

export function closeStreams(): void {
  store<i32>(trial, rowsUsed, ROWS_USED);
  store<i32>(trial, noiseUsed, NOISE_USED);
}

/** Address of the next row of variates, float32. */
export function nextRow(): usize {
  if (rowsUsed === settings.rows) {
    memory.copy(trial + INPUT_STREAM, trial + INPUT_STREAM + STATE_BYTES, STATE_BYTES);
    fillInputs(trial + INPUT_STREAM);
    rowsUsed = 0;
  }
  const row = settings.inputBlock + <usize>(4 * rowsUsed * settings.rowLength);
  rowsUsed++;
  return row;
}

export function nextNormal(): f64 {
  if (noiseUsed === settings.blockLength) {
    memory.copy(trial + NOISE_STREAM, trial + NOISE_STREAM + STATE_BYTES, STATE_BYTES);
    fillNoise(trial + NOISE_STREAM);
    noiseUsed = 0;
  }
  const at = settings.noiseBlock + <usize>(4 * noiseUsed);
  noiseUsed++;
  return <f64>load<f32>(at);
}

function fillInputs(state: usize): void {
  const count = (settings.rows * settings.rowLength + 7) & ~7;
  fillVariates(settings.variates, state, state + STATE_BYTES, settings.inputBlock, count);
}

function fillNoise(state: usize): void {
  fillVariates(NORMAL, state, state + STATE_BYTES, settings.noiseBlock, settings.blockLength);
}
