import { cpuBackend } from './backends/cpu-backend.js';
import { nativeBackend } from './backends/native-backend.js';
import { createEagerEngine } from './create-eager-engine.js';

/** The reference: runs anywhere, slowly. */
export const cpuEngine = createEagerEngine(
  'cpu',
  'tfjs in plain JavaScript: runs anywhere, far too slow for real networks; the reference for small ones',
  cpuBackend,
);

/** The same code on TensorFlow's native kernels, where they are installed. */
export const tensorflowEngine = createEagerEngine(
  'tensorflow',
  'TensorFlow through @tensorflow/tfjs-node-gpu or @tensorflow/tfjs-node, where installed (npm run setup:gpu)',
  nativeBackend(),
);
