import '@tensorflow/tfjs-backend-cpu';
import { readNetwork } from '@reluctant/core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import type { DetectedDevice } from '../device/detect-device.js';
import type { Runtime } from '../runtime/runtime.js';
import { tuningKey } from './tuning-key.js';

const runtime = { name: 'native', version: '1.2.3' } as Runtime;
const device: DetectedDevice = { provider: 'cpu', threads: 2, spinning: 50, block: 16 };

function graphOf(prefix: string, filters = 16, activation?: 'relu') {
  const layer = { filters, kernelSize: 3, activation, inputShape: [8, 8, 3], name: `${prefix}1` };
  const logits = layers.dense({ units: 2, name: `${prefix}2` });
  return readNetwork(sequential({ layers: [layers.conv2d(layer), layers.flatten({ name: `${prefix}3` }), logits] }))
    .graph;
}

describe('tuningKey', () => {
  it('is equal for networks that differ in names only', () => {
    expect(tuningKey(runtime, device, graphOf('a'))).toEqual(tuningKey(runtime, device, graphOf('relu')));
  });

  it('tells networks, devices, settings and versions apart', () => {
    const graph = graphOf('a');
    const keys = [
      tuningKey(runtime, device, graph),
      tuningKey(runtime, device, graphOf('a', 32)),
      tuningKey(runtime, device, graphOf('a', 16, 'relu')),
      tuningKey({ ...runtime, version: '1.2.4' }, device, graph),
      tuningKey({ ...runtime, name: 'stock' }, device, graph),
      tuningKey(runtime, { ...device, threads: 4 }, graph),
      tuningKey(runtime, { ...device, spinning: 0 }, graph),
      tuningKey(runtime, { ...device, block: 8 }, graph),
    ].map((key) => JSON.stringify(key));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
