import {
  readNetwork,
  readParameters,
  type InputRange,
  type NamedArrays,
  type Network,
  type ReluSite,
} from '@reluctant/core';
import { propagateBounds, type PropagationOptions } from './bounds/propagate-bounds.js';

/** What is certain of the units of one site. */
export interface SiteCertificate {
  readonly site: ReluSite;
  /** Per unit: what its pre-activation can't exceed at any position for any input; NaN where nothing is known. */
  readonly upper: readonly number[];
  /** Per unit: whether that is at most 0, so that the unit never fires. */
  readonly certifiedDead: readonly boolean[];
}

/**
 * The units of a network that can't fire with its present weights, in evaluation mode, for any input whose elements lie in a range. See
 * `propagateBounds` for what is assumed of the arithmetic.
 * @param subject any built tf.LayersModel that `readNetwork` takes, or a network; left as it is
 * @param inputRange in the units of the network's inputs, that is after normalisation; per channel, or one number for all
 * @param winograd graph nodes that are computed by Winograd's algorithm (`Session.winograd`); tfjs's backends have none
 * @returns one certificate a site, from input to output
 * @throws ReluctantError `ENGINE_UNSUPPORTED` for a layer that is not known, `CONFIG_INVALID` for a range that does not fit
 */
export function certifyDead(
  subject: Network['model'] | Network,
  inputRange: InputRange,
  winograd: readonly string[] = [],
): readonly SiteCertificate[] {
  const network = 'graph' in subject ? subject : readNetwork(subject);
  const { graph, sites } = network;
  return certifySites({ graph, sites, parameters: readParameters(network) }, { inputRange, winograd });
}

/** As `certifyDead`, of some of a network's sites. */
export function certifySites(
  { graph, sites, parameters }: Pick<Network, 'graph' | 'sites'> & { readonly parameters: NamedArrays },
  options: PropagationOptions,
): readonly SiteCertificate[] {
  const watched = new Set(sites.map(({ name }) => name));
  const last = graph.nodes.findLastIndex(({ name }) => watched.has(name));
  const preactivations = new Map(
    graph.nodes.filter(({ name }) => watched.has(name)).map(({ name, inputs }) => [name, inputs[0]]),
  );
  const wanted = new Set(preactivations.values());
  const uppers = new Map<string, readonly number[]>();
  // What follows the last site, and the site itself, decides nothing.
  const decisive = { nodes: graph.nodes.slice(0, Math.max(last, 0)), input: graph.input };
  propagateBounds(decisive, parameters, options, (node, { upper }) => {
    if (wanted.has(node.name)) uppers.set(node.name, largestByUnit(upper, node.shape.at(-1)!));
  });
  return sites.map((site) => {
    const upper = uppers.get(preactivations.get(site.name)!)!;
    return { site, upper, certifiedDead: upper.map((bound) => bound <= 0) };
  });
}

function largestByUnit(values: Float64Array, units: number): readonly number[] {
  const largest = new Array<number>(units).fill(-Infinity);
  for (let i = 0; i < values.length; i++) largest[i % units] = Math.max(largest[i % units], values[i]);
  return largest;
}
