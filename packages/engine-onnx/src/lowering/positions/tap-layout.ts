import { tfjsLayout, type ParameterLayout } from '../parameter-layout.js';

/** A convolution's kernel as one matrix [in, out] a tap. tfjs lays kernels out that way already. */
export const tapLayout: ParameterLayout = {
  dims: ([, , inputs, outputs]) => [inputs, outputs],
  parts: ([height, width]) => height * width,
  pack: (data, shape) => tfjsLayout.pack(data, shape),
  unpack: (data, shape) => tfjsLayout.unpack(data, shape),
};
