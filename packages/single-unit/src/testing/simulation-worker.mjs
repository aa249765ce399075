// Begins a simulation's thread from the sources, as tests do.
import '@reluctant/core/testing/typescript';

export default (await import('../simulation/worker.ts')).default;
