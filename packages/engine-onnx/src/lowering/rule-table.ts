import type { GraphNode, OperationName } from '@reluctant/core';
import { ReluctantError } from '@reluctant/core';
import { plainAdd } from './add.js';
import { plainAveragePool } from './average-pool.js';
import { plainBatchNorm } from './batch-norm.js';
import { blockedBatchNorm } from './blocked/batch-norm.js';
import { blockedConv2d } from './blocked/conv2d.js';
import { blockedFirstConv2d } from './blocked/first-conv2d.js';
import { blockedGlobalAveragePool } from './blocked/global-average-pool.js';
import { blockedMaxPool } from './blocked/max-pool.js';
import { blockedPadChannels } from './blocked/pad-channels.js';
import { blockedSubsample } from './blocked/subsample.js';
import { plainConcatenate } from './concatenate.js';
import { plainConv2d } from './conv2d.js';
import { plainDense } from './dense.js';
import { plainDropout } from './dropout.js';
import { plainFlatten } from './flatten.js';
import { plainGlobalAveragePool } from './global-average-pool.js';
import { plainInput } from './input.js';
import { plainLeak } from './leak.js';
import { plainLeakyRelu } from './leaky-relu.js';
import { plainMaxPool } from './max-pool.js';
import { plainPadChannels } from './pad-channels.js';
import { plainRelu } from './relu.js';
import { plainSigmoid } from './sigmoid.js';
import { positionsBatchNorm } from './positions/batch-norm.js';
import { positionsFirstConv2d } from './positions/first-conv2d.js';
import { positionsMaxPool } from './positions/max-pool.js';
import { tapConv2d } from './positions/tap-conv2d.js';
import { winogradConv2d } from './positions/winograd-conv2d.js';
import type { Device } from './device.js';
import type { Strategy, Surroundings } from './strategy.js';
import { plainTanh } from './tanh.js';
import { plainZeroPad } from './zero-pad.js';

/** The strategies of every operation, preferred ones first; the last fits everywhere. */
const STRATEGIES: { readonly [K in OperationName]: readonly Strategy<K>[] } = {
  input: [plainInput],
  conv2d: [winogradConv2d, tapConv2d, blockedConv2d, positionsFirstConv2d, blockedFirstConv2d, plainConv2d],
  dense: [plainDense],
  batchNorm: [blockedBatchNorm, positionsBatchNorm, plainBatchNorm],
  relu: [plainRelu],
  leakyRelu: [plainLeakyRelu],
  leak: [plainLeak],
  sigmoid: [plainSigmoid],
  tanh: [plainTanh],
  maxPool: [blockedMaxPool, positionsMaxPool, plainMaxPool],
  averagePool: [blockedSubsample, plainAveragePool],
  globalAveragePool: [blockedGlobalAveragePool, plainGlobalAveragePool],
  add: [plainAdd],
  concatenate: [plainConcatenate],
  flatten: [plainFlatten],
  zeroPad: [plainZeroPad],
  padChannels: [blockedPadChannels, plainPadChannels],
  dropout: [plainDropout],
};

/** All strategies that can be chosen for a node, preferred ones first; none where the operation is not known. */
export function possibleStrategies(node: GraphNode, device: Device, surroundings: Surroundings): readonly Strategy[] {
  return strategiesOf(node).filter(
    (candidate) => candidate.computes?.(node, device, surroundings) ?? candidate.fits(node, device, surroundings),
  );
}

/**
 * The strategy of that name if it is given and can be chosen, else the first that fits. Throws `ENGINE_UNSUPPORTED` naming the node
 * where its operation is not known.
 */
export function chooseStrategy(node: GraphNode, device: Device, surroundings: Surroundings, choice?: string): Strategy {
  const chosen =
    choice === undefined
      ? undefined
      : possibleStrategies(node, device, surroundings).find(({ name }) => name === choice);
  const strategy = chosen ?? strategiesOf(node).find((candidate) => candidate.fits(node, device, surroundings));
  if (strategy) return strategy;
  throw new ReluctantError(
    'ENGINE_UNSUPPORTED',
    `The onnx engine can't compute "${node.name}": it knows no operation "${node.operation.op}". ` +
      `Use one of ${Object.keys(STRATEGIES).join(', ')}.`,
  );
}

function strategiesOf({ operation }: GraphNode): readonly Strategy[] {
  return (STRATEGIES[operation.op] as readonly Strategy[] | undefined) ?? [];
}

/** Names of all strategies of an operation, preferred ones first. */
export function strategyNames(operation: OperationName): readonly string[] {
  return STRATEGIES[operation].map(({ name }) => name);
}
