import type { TrainingExperiment } from '../config/experiment.js';
import { ReluctantError } from '../errors.js';
import type { Network } from '../graph/network.js';
import { guarded } from '../intervention/guarded.js';
import type { Intervention } from '../intervention/intervention.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';

/**
 * The network with all that the experiment's interventions will need to change, added in the order of the experiment file.
 * @throws `PLUGIN_INVALID` where one adds a parameter without its value, or touches the model or its sites
 */
export function prepareForInterventions(
  built: Network,
  { interventions }: Pick<TrainingExperiment, 'interventions'>,
  registry: PluginRegistry<Intervention>,
): Network {
  return interventions.reduce((network, { kind, when: _, ...options }) => {
    const intervention = registry.get(kind);
    const prepared = guarded(intervention, () => intervention.prepare?.(network, options) ?? network);
    requireAdditions(kind, built, prepared);
    return prepared;
  }, built);
}

function requireAdditions(kind: string, built: Network, { model, graph, sites, added = {} }: Network): void {
  const own = new Set(built.graph.parameters.map(({ name }) => name));
  const lacking = graph.parameters.find(({ name }) => !own.has(name) && !Object.hasOwn(added, name));
  if (lacking) {
    throw new ReluctantError('PLUGIN_INVALID', `Intervention "${kind}" added "${lacking.name}" without its value.`);
  }
  if (model !== built.model || sites !== built.sites) {
    throw new ReluctantError(
      'PLUGIN_INVALID',
      `Intervention "${kind}" may add to a network, and not replace its sites.`,
    );
  }
}
