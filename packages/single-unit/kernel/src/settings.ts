// What a unit is and how it is trained: written by `configure` before trials are advanced. All pointers are to float64 numbers.

/** L, rounded up to an even number: what is beyond L has no weight, no input, and stays so. */
export let inputs: i32 = 0;
export let hasBias: bool = false;
/** 0: relu, 1: linear, 2: zero; or `NONE`, where the error is noise alone. */
export let teacher: i32 = 0;
export const NONE: i32 = 3;
/** y = s > 0 ? s : outputBelow s; gate = s > 0 ? 1 : gateBelow. */
export let outputBelow: f64 = 0;
export let gateBelow: f64 = 0;
export let noise: f64 = 0;
export let stepSize: f64 = 0;
export let batchSize: i32 = 1;
export let momentum: f64 = 0;
export let weightDecay: f64 = 0;
/** Φ⁻¹ of the Pr[y>0] below which a unit's first hit is noted; ignored unless `noteHits`. */
export let threshold: f64 = 0;
export let noteHits: bool = false;

/** Kind of the variates that inputs are made of. */
export let variates: i32 = 0;
/** How inputs are made of them: see `inputs.ts`. */
export let composition: i32 = 0;
/** Variates of one input, and how many such rows a block has. */
export let rowLength: i32 = 0;
export let rows: i32 = 0;
export let correlation: f64 = 0;
export let innovation: f64 = 0;
export let patchCount: i32 = 0;
/** L itself. */
export let lineLength: i32 = 0;

/** v with the bias after it; m; deviations or C; patches; an input's place; two more places of that size; blocks of variates. */
export let teacherWeights: usize = 0;
export let mean: usize = 0;
export let factor: usize = 0;
export let patches: usize = 0;
export let input: usize = 0;
export let gradient: usize = 0;
export let scratch: usize = 0;
export let inputBlock: usize = 0;
export let noiseBlock: usize = 0;

/** Of the order parameters alone: directions (1 or 2), and degrees of freedom of what is across them, less one. */
export let directions: i32 = 1;
export let remainder: f64 = 0;
/** Updates between two looks at what is left of the blocks, and numbers of a block of noise or of χ² variates. */
export let chunk: i32 = 1;
export let blockLength: i32 = 0;
/** Bytes from one lane's blocks to the next one's: inputs, noise, χ². */
export let blockStride: i32 = 0;

/** @param at float64 numbers in the order in which `src/simulation/kernel-settings.ts` writes them */
export function configure(at: usize): void {
  inputs = <i32>load<f64>(at, 0);
  hasBias = load<f64>(at, 8) !== 0;
  teacher = <i32>load<f64>(at, 16);
  outputBelow = load<f64>(at, 24);
  gateBelow = load<f64>(at, 32);
  noise = load<f64>(at, 40);
  stepSize = load<f64>(at, 48);
  batchSize = <i32>load<f64>(at, 56);
  momentum = load<f64>(at, 64);
  weightDecay = load<f64>(at, 72);
  threshold = load<f64>(at, 80);
  noteHits = load<f64>(at, 88) !== 0;
  variates = <i32>load<f64>(at, 96);
  composition = <i32>load<f64>(at, 104);
  rowLength = <i32>load<f64>(at, 112);
  rows = <i32>load<f64>(at, 120);
  correlation = load<f64>(at, 128);
  innovation = load<f64>(at, 136);
  patchCount = <i32>load<f64>(at, 144);
  teacherWeights = <usize>load<f64>(at, 152);
  mean = <usize>load<f64>(at, 160);
  factor = <usize>load<f64>(at, 168);
  patches = <usize>load<f64>(at, 176);
  input = <usize>load<f64>(at, 184);
  gradient = <usize>load<f64>(at, 192);
  scratch = <usize>load<f64>(at, 200);
  inputBlock = <usize>load<f64>(at, 208);
  noiseBlock = <usize>load<f64>(at, 216);
  directions = <i32>load<f64>(at, 224);
  remainder = load<f64>(at, 232);
  chunk = <i32>load<f64>(at, 240);
  blockLength = <i32>load<f64>(at, 248);
  blockStride = <i32>load<f64>(at, 256);
  lineLength = <i32>load<f64>(at, 264);
}
