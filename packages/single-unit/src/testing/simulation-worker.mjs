// Begins a simulation's thread from the sources, as tests do.
import { register } from 'node:module';

register(new URL('../../../engine-onnx/src/testing/typescript-hooks.mjs', import.meta.url));

export default (await import('../simulation/worker.ts')).default;
