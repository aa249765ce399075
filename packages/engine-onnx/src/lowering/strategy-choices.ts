import type { GraphNode, NetworkGraph } from '@reluctant/core';
import { nodeSignatures } from './node-signature.js';

/** Strategies taken instead of those that the rule table prefers: names of strategies by the signatures of nodes. */
export type StrategyChoices = Readonly<Record<string, string>>;

/**
 * The strategy that is chosen for a node, if any. A node that shares parameters with another (a layer that is called twice) is left
 * to the rules: choices by signature could ask for one parameter in two layouts.
 */
export function choiceFor(graph: NetworkGraph, choices: StrategyChoices): (node: GraphNode) => string | undefined {
  const signatures = nodeSignatures(graph);
  const sharing = nodesThatShare(graph);
  return ({ name }) => (sharing.has(name) ? undefined : choices[signatures.get(name)!]);
}

/** Names of the nodes of layers that are called more than once. */
export function nodesThatShare({ nodes, parameters }: NetworkGraph): ReadonlySet<string> {
  const names = new Set(parameters.map(({ name }) => name));
  const users = new Map<string, string[]>();
  for (const { name, operation } of nodes) {
    for (const value of Object.values(operation as Readonly<Record<string, unknown>>)) {
      if (typeof value === 'string' && names.has(value)) users.set(value, [...(users.get(value) ?? []), name]);
    }
  }
  return new Set([...users.values()].filter(({ length }) => length > 1).flat());
}
