export { cpuEngine, tensorflowEngine } from './engines.js';
export { eagerOptionsSchema, type EagerOptions } from './options.js';
export { default as engineTensorflowModule } from './plugin.js';
