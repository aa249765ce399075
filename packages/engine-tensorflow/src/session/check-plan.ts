import { ReluctantError, requireComputableTaps, type Network, type TrainingPlan } from '@reluctant/core';
import { KERNELS } from '../operations/kernels.js';

/** Throws `ENGINE_UNSUPPORTED` naming the node or the tap's site that the engine can't compute. */
export function checkPlan(network: Network, plan: TrainingPlan): void {
  for (const { name, operation } of network.graph.nodes) {
    if (!Object.hasOwn(KERNELS, operation.op)) {
      throw new ReluctantError('ENGINE_UNSUPPORTED', `Node "${name}": the operation "${operation.op}" is not known.`);
    }
  }
  requireComputableTaps(plan.taps, network.sites);
}
