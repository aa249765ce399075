import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from './backend.js';

/** tfjs's own JavaScript kernels. */
export const cpuBackend: Backend = {
  async status() {
    await load();
    return { available: true, version: tf.version_core, device: 'cpu (JavaScript, 1 thread)' };
  },
  async activate() {
    await load();
    if (tf.getBackend() !== 'cpu') await tf.setBackend('cpu');
  },
};

async function load(): Promise<void> {
  if (tf.findBackendFactory('cpu')) return;
  // Its first tensor otherwise prints advice to install another backend, which is a choice that the user has made.
  tf.enableProdMode();
  await import('@tensorflow/tfjs-backend-cpu');
}
