import { ReluctantError, type Engine } from '@reluctant/core';
import type { Backend } from './backends/backend.js';
import { eagerOptionsSchema, type EagerOptions } from './options.js';
import { checkPlan } from './session/check-plan.js';
import { EagerSession } from './session/eager-session.js';

/** An engine that interprets the network's graph with tfjs operations and tfjs's automatic differentiation. */
export function createEagerEngine(kind: string, summary: string, backend: Backend): Engine<EagerOptions> {
  /** Throws `ENGINE_UNAVAILABLE` with the backend's reason. */
  const activate = async () => {
    const { available, reason } = await backend.status();
    if (!available) throw new ReluctantError('ENGINE_UNAVAILABLE', `The engine "${kind}" can't run here: ${reason}`);
    await backend.activate();
  };
  return {
    kind,
    summary,
    options: eagerOptionsSchema,
    status: () => backend.status(),
    prepare: activate,
    async open(network, plan) {
      checkPlan(network, plan);
      await activate();
      return new EagerSession(network, plan, backend);
    },
  };
}
