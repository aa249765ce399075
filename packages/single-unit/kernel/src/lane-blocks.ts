// Blocks of variates for trials side by side: every lane has its own of inputs, noise and χ², at its own place.

import { fillChiSquares } from './chi-square';
import { STATE_BYTES } from './random-bits';
import * as settings from './settings';
import { CHI_SQUARE_STREAM, CHI_SQUARES_USED, INPUT_STREAM, NOISE_STREAM, NOISE_USED, ROWS_USED } from './trial';
import { fillVariates, NORMAL } from './variates';

function inputBlock(lane: i32): usize {
  return settings.inputBlock + <usize>(lane * settings.blockStride);
}
function noiseBlock(lane: i32): usize {
  return settings.noiseBlock + <usize>(lane * settings.blockStride);
}
function chiSquareBlock(lane: i32): usize {
  return noiseBlock(lane) + ((<usize>settings.blockLength) << 2);
}

/** Address of the next row of inputs, of the next number of noise, of the next χ². */
export function nextRow(trial: usize, lane: i32): usize {
  return inputBlock(lane) + <usize>load<i32>(trial, ROWS_USED) * ((<usize>settings.rowLength) << 2);
}
export function nextNoise(trial: usize, lane: i32): usize {
  return noiseBlock(lane) + ((<usize>load<i32>(trial, NOISE_USED)) << 2);
}
export function nextSquare(trial: usize, lane: i32): usize {
  return chiSquareBlock(lane) + ((<usize>load<i32>(trial, CHI_SQUARES_USED)) << 2);
}

/** Notes that so many more rows are used up, and noise and χ² up to these addresses. */
export function noteUse(trial: usize, lane: i32, rows: i32, noise: usize, square: usize): void {
  store<i32>(trial, load<i32>(trial, ROWS_USED) + rows, ROWS_USED);
  store<i32>(trial, <i32>((noise - noiseBlock(lane)) >> 2), NOISE_USED);
  store<i32>(trial, <i32>((square - chiSquareBlock(lane)) >> 2), CHI_SQUARES_USED);
}

/** Makes again the blocks that were used in part. */
export function reopenBlocks(trial: usize, lane: i32): void {
  if (load<i32>(trial, ROWS_USED) < settings.rows) fillInputs(trial, lane);
  if (load<i32>(trial, NOISE_USED) < settings.blockLength) fillNoise(trial, lane);
  if (load<i32>(trial, CHI_SQUARES_USED) < settings.blockLength) fillSquares(trial, lane);
}

/** Makes new blocks where the rest might not last for another chunk. */
export function renewBlocks(trial: usize, lane: i32): void {
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
