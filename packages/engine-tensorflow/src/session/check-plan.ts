import { requireComputableTaps, requireKnownOperations, type Network, type TrainingPlan } from '@reluctant/core';

/** Throws `ENGINE_UNSUPPORTED` naming the node or the tap's site that the engine can't compute. */
export function checkPlan(network: Network, plan: TrainingPlan): void {
  requireKnownOperations(network.graph);
  requireComputableTaps(plan.taps, network.sites);
}
