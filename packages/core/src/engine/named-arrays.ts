/** A dense array with its shape; row-major. `Float64Array` where counts above 2^24 must stay exact. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array;
}

/** Weights, optimizer slots and moving statistics by name, in tfjs's layouts (HWIO kernels, [in, out] matrices). */
export type NamedArrays = Readonly<Record<string, NamedArray>>;
