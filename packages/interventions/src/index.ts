export { leakyRelu, leakyReluOptions, type LeakyReluOptions } from './leaky-relu/leaky-relu.js';
export { redo, redoOptions, type RedoOptions } from './redo/redo.js';
export {
  reinitializeBias,
  reinitializeBiasOptions,
  type ReinitializeBiasOptions,
} from './reinitialize-bias/reinitialize-bias.js';
export { default as interventionsModule } from './plugin.js';
