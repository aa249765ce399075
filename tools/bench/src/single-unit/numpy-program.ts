import { z } from 'zod';
import type { PythonProgram } from '../python-program.js';

const versions = z.object({ numpy: z.string(), python: z.string() });
export type NumpyVersions = z.infer<typeof versions>;

/** Units trained with NumPy, on one core. */
export const NUMPY: PythonProgram<NumpyVersions> = {
  file: new URL('../../numpy/main.py', import.meta.url),
  versions,
  library: 'NumPy',
  debianPackage: 'python3-numpy',
  // Products of a matrix and a vector would go to several threads, and gain nothing.
  environment: { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
};

const meanAndError = z.tuple([z.number(), z.number()]);

export const numpyAnswer = z.object({
  milliseconds: z.object({ wall: z.number(), cpu: z.number() }),
  activation: meanAndError,
  excessError: meanAndError,
});
