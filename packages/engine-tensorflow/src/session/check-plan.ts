import { ReluctantError, type Network, type TrainingPlan } from '@reluctant/core';
import { KERNELS } from '../operations/kernels.js';

/** Throws `ENGINE_UNSUPPORTED` naming the node or the tap's site that the engine can't compute. */
export function checkPlan(network: Network, plan: TrainingPlan): void {
  for (const { name, operation } of network.graph.nodes) {
    if (!Object.hasOwn(KERNELS, operation.op)) {
      throw new ReluctantError('ENGINE_UNSUPPORTED', `Node "${name}": the operation "${operation.op}" is not known.`);
    }
  }
  const sites = new Set(network.sites.map((site) => site.name));
  for (const { site, at, on } of plan.taps) {
    if (!sites.has(site)) {
      const known = [...sites].join(', ') || 'none';
      throw new ReluctantError(
        'ENGINE_UNSUPPORTED',
        `Tap at "${site}": no such ReLU site. The network's sites: ${known}.`,
      );
    }
    if (at === 'gradient' && on === 'probe-split') {
      throw new ReluctantError(
        'ENGINE_UNSUPPORTED',
        `Tap at "${site}": gradients exist in training only. Take them on "training-step".`,
      );
    }
  }
}
