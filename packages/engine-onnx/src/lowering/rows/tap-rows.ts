import type { Convolution } from '../conv2d.js';

/** Which rows one tap of a convolution's kernel brings together; rows are [image, y, x] in row-major order. */
export interface TapRows {
  /** Input rows that the tap meets. */
  readonly inputs: readonly number[];
  /** The output row that each of them goes to. */
  readonly outputs: readonly number[];
}

/** Of every tap, without the positions where it lies on the padding. */
export function tapRows(of: Convolution): readonly TapRows[] {
  const [kernelHeight, kernelWidth] = of.kernel;
  return Array.from({ length: kernelHeight * kernelWidth }, (_, tap) =>
    rowsOfTap(of, Math.floor(tap / kernelWidth), tap % kernelWidth),
  );
}

function rowsOfTap(of: Convolution, i: number, j: number): TapRows {
  const [height, width] = of.input;
  const [outHeight, outWidth] = of.output;
  const inputs: number[] = [];
  const outputs: number[] = [];
  for (let image = 0; image < of.batch; image++) {
    for (let y = 0; y < outHeight; y++) {
      const row = y * of.strides[0] + i * of.dilation[0] - of.padding.top;
      if (row < 0 || row >= height) continue;
      for (let x = 0; x < outWidth; x++) {
        const column = x * of.strides[1] + j * of.dilation[1] - of.padding.left;
        if (column < 0 || column >= width) continue;
        inputs.push((image * height + row) * width + column);
        outputs.push((image * outHeight + y) * outWidth + x);
      }
    }
  }
  return { inputs, outputs };
}

/** Share of a convolution's multiplications that does not meet padding. */
export function usefulShare(of: Convolution): number {
  const rows = tapRows({ ...of, batch: 1 });
  return rows.reduce((sum, { inputs }) => sum + inputs.length, 0) / (rows.length * of.output[0] * of.output[1]);
}

/** For every tap and target row the place of its term in the tap results laid end to end, `absent` where there is none. */
export function termPlaces(targets: readonly (readonly number[])[], rows: number, absent: number): Int32Array {
  const places = new Int32Array(targets.length * rows).fill(absent);
  let next = 0;
  targets.forEach((ofTap, tap) => {
    for (const row of ofTap) places[tap * rows + row] = next++;
  });
  return places;
}
