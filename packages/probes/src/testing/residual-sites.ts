import type { ReluSite } from '@reluctant/core';

/**
 * The ReLUs of a small residual network: one inside a block, one after the addition, a layer that is applied twice (two sites
 * of one layer, of different shape), and a dense one.
 */
export const residualSites: readonly ReluSite[] = [
  { name: 'block1/relu1', layer: 'block1/relu1', depth: 1, kind: 'conv', units: 3, positions: 4, skip: false },
  { name: 'block1/relu2', layer: 'block1/relu2', depth: 2, kind: 'conv', units: 3, positions: 4, skip: true },
  { name: 'shared', layer: 'shared', depth: 3, kind: 'conv', units: 2, positions: 4, skip: false },
  { name: 'shared#2', layer: 'shared', depth: 4, kind: 'conv', units: 4, positions: 2, skip: true },
  { name: 'dense/relu', layer: 'dense', depth: 5, kind: 'dense', units: 5, positions: 1, skip: false },
];
