import { z } from 'zod';
import type { PythonProgram } from '../python-program.js';

const versions = z.object({
  torch: z.string(),
  python: z.string(),
  numpy: z.string(),
  /** The vector instructions of PyTorch's own kernels. */
  capability: z.string(),
});
export type PytorchVersions = z.infer<typeof versions>;

/** One network in PyTorch. */
export const PYTORCH: PythonProgram<PytorchVersions> = {
  file: new URL('../../pytorch/main.py', import.meta.url),
  versions,
  library: 'PyTorch',
  debianPackage: 'python3-torch',
};
