import type { Convolution } from '../conv2d.js';

/** Which positions one tap of a convolution's kernel brings together; in row-major order. */
export interface TapPositions {
  /** Positions of the input that the tap meets. */
  readonly inputs: readonly number[];
  /** The position of the output that each of them goes to. */
  readonly outputs: readonly number[];
}

/** Of every tap, without the positions where it lies on the padding. */
export function tapPositions(of: Convolution): readonly TapPositions[] {
  const [kernelHeight, kernelWidth] = of.kernel;
  return Array.from({ length: kernelHeight * kernelWidth }, (_, tap) =>
    positionsOfTap(of, Math.floor(tap / kernelWidth), tap % kernelWidth),
  );
}

function positionsOfTap(of: Convolution, i: number, j: number): TapPositions {
  const [height, width] = of.input;
  const [outHeight, outWidth] = of.output;
  const inputs: number[] = [];
  const outputs: number[] = [];
  for (let y = 0; y < outHeight; y++) {
    const row = y * of.strides[0] + i * of.dilation[0] - of.padding.top;
    if (row < 0 || row >= height) continue;
    for (let x = 0; x < outWidth; x++) {
      const column = x * of.strides[1] + j * of.dilation[1] - of.padding.left;
      if (column < 0 || column >= width) continue;
      inputs.push(row * width + column);
      outputs.push(y * outWidth + x);
    }
  }
  return { inputs, outputs };
}

/** Share of a convolution's multiplications that does not meet padding. */
export function usefulShare(of: Convolution): number {
  const taps = tapPositions(of);
  return taps.reduce((sum, { inputs }) => sum + inputs.length, 0) / (taps.length * of.output[0] * of.output[1]);
}

/** For every tap and target position the place of its term in the tap results laid end to end, `absent` where there is none. */
export function termPlaces(targets: readonly (readonly number[])[], positions: number, absent: number): Int32Array {
  const places = new Int32Array(targets.length * positions).fill(absent);
  let next = 0;
  targets.forEach((ofTap, tap) => {
    for (const position of ofTap) places[tap * positions + position] = next++;
  });
  return places;
}
