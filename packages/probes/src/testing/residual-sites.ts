import type { ReluSite } from '@reluctant/core';

/**
 * The ReLUs of a small residual network: one inside a block, one after the addition, a layer that is applied twice (two sites
 * of one layer, of different shape), and a dense one.
 */
export const residualSites: readonly ReluSite[] = [
  { ...map('block1/relu1', 3, [2, 2]), depth: 1, skip: false },
  { ...map('block1/relu2', 3, [2, 2]), depth: 2, skip: true },
  { ...map('shared', 2, [2, 2]), depth: 3, skip: false },
  { ...map('shared#2', 4, [2, 1]), layer: 'shared', depth: 4, skip: true },
  { name: 'dense/relu', layer: 'dense', depth: 5, kind: 'dense', units: 5, positions: 1, skip: false },
];

function map(name: string, units: number, [height, width]: readonly [number, number]) {
  return { name, layer: name, kind: 'conv', units, positions: height * width, map: [height, width] } as const;
}
