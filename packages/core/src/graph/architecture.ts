import type { Task } from '../dataset/dataset.js';
import type { InitializerFactory } from '../initializer/initializer.js';
import type { Plugin } from '../plugin/plugin.js';
import { serviceIdentifier } from '../plugin/service-identifier.js';
import type { Network } from './network.js';

/** Builds a network for a task. The model ends in logits (no softmax). Use `readNetwork(model)` to wrap a tf.LayersModel. */
export interface Architecture<O = unknown> extends Plugin<O> {
  build(options: O, task: Task, initializers: InitializerFactory): Network;
}
export const Architecture = serviceIdentifier<Architecture>('Architecture');
