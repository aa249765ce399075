export { default as engineOnnxModule } from './plugin.js';
export { onnxEngine } from './engine.js';
export { onnxOptionsSchema, type OnnxOptions } from './options.js';
