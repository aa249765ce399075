import type { Tensor } from '@tensorflow/tfjs-core';
import type { NetworkGraph } from '../graph/graph.js';
import type { Tap } from '../probe/tap.js';
import { forward } from './forward.js';
import { preactivationOf, tapStatistics, type TapTensors } from './tap-statistics.js';

/**
 * `forward` in evaluation mode: dropout off, moving statistics.
 * @param parameter the present value of a parameter by its graph name
 */
export function evaluationForward(
  graph: NetworkGraph,
  images: Tensor,
  parameter: (name: string) => Tensor,
): ReadonlyMap<string, Tensor> {
  return forward(graph, images, {
    training: false,
    seed: 0,
    step: 0,
    parameter,
    updateMovingStatistic: (name) => {
      throw new Error(`Evaluation must not change "${name}".`);
    },
  });
}

/** What taps of activations and pre-activations ask for, from the outputs of a pass in evaluation mode. */
export function evaluationTaps(
  graph: NetworkGraph,
  outputs: ReadonlyMap<string, Tensor>,
  taps: readonly Tap[],
): readonly TapTensors[] {
  return taps.map((tap) => {
    const node = tap.at === 'preactivation' ? preactivationOf(graph, tap.site) : tap.site;
    return tapStatistics(tap, outputs.get(node)!);
  });
}
