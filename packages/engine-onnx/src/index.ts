export { default as engineOnnxModule } from './plugin.js';
export { onnxEngine } from './engine.js';
export { onnxOptionsSchema, type OnnxOptions } from './options.js';
export { fit } from './fit/fit.js';
export type { FitCallbacks, FitOptions } from './fit/fit-options.js';
export type { BatchInfo, EpochRecord, History, Score } from './fit/history.js';
export type { Examples, Inputs, Labels, Values } from './fit/examples.js';
export type { BatchSource } from './fit/batches.js';
