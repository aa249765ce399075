import { tfjsLayout, type ParameterLayout } from '../parameter-layout.js';

/** A convolution's kernel as one matrix [in, out] a tap. tfjs lays kernels out that way already. */
export const tapLayout: ParameterLayout = {
  ...tfjsLayout,
  dims: ([, , inputs, outputs]) => [inputs, outputs],
  parts: ([height, width]) => height * width,
};
