/** How a strategy keeps a parameter (and its optimizer slots) inside; state outside is in tfjs's layout. */
export interface ParameterLayout {
  /** Dimensions inside, from those outside; of one part where there are several. */
  dims(shape: readonly number[]): readonly number[];
  /** Into how many arrays the graph has it split, which lie one after the other inside; one if not given. */
  parts?(shape: readonly number[]): number;
  /** From tfjs's layout to the one inside; a copy. */
  pack(data: Float32Array, shape: readonly number[]): Float32Array;
  /** Back again; `shape` is the one outside. A copy. */
  unpack(data: Float32Array, shape: readonly number[]): Float32Array;
}

/** Name of one part of an array that is kept in parts. */
export const partName = (name: string, part: number): string => `${name}#${part}`;

/** Names of the arrays that make up `name` inside the graph. */
export function arrayNames(name: string, shape: readonly number[], layout: ParameterLayout): readonly string[] {
  if (layout.parts === undefined) return [name];
  return Array.from({ length: layout.parts(shape) }, (_, part) => partName(name, part));
}

/** As tfjs has it. */
export const tfjsLayout: ParameterLayout = {
  dims: (shape) => shape,
  pack: (data) => data.slice(),
  unpack: (data) => data.slice(),
};

/** Axis `i` inside is axis `permutation[i]` outside. */
export function permutedLayout(permutation: readonly number[]): ParameterLayout {
  const inverse = permutation.map((_, axis) => permutation.indexOf(axis));
  const dims = (shape: readonly number[]) => permutation.map((axis) => shape[axis]);
  return {
    dims,
    pack: (data, shape) => permuted(data, shape, permutation),
    unpack: (data, shape) => permuted(data, dims(shape), inverse),
  };
}

/** Convolution kernels: tfjs's [height, width, in, out] as ONNX's [out, in, height, width]. */
export const oihwLayout = permutedLayout([3, 2, 0, 1]);

function permuted(data: Float32Array, shape: readonly number[], permutation: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const result = new Float32Array(data.length);
  let next = 0;
  const copy = (axis: number, offset: number): void => {
    if (axis === permutation.length) {
      result[next++] = data[offset];
      return;
    }
    const from = permutation[axis];
    for (let i = 0; i < shape[from]; i++) copy(axis + 1, offset + i * strides[from]);
  };
  copy(0, 0);
  return result;
}
