import type { NetworkGraph } from '@reluctant/core';
import type { Device } from '../lowering/device.js';
import { planLowering, type LoweringPlan, type NodePlan, type StrategyChoices } from '../lowering/lower-network.js';
import { nodeSignatures } from '../lowering/node-signature.js';
import { possibleStrategies } from '../lowering/rule-table.js';
import { isFaster } from './is-faster.js';
import type { OpenTrial } from './trial.js';
import type { Tuning } from './tuning.js';

/** How far tuning is: which kind of convolution is about to be tried, and how many were. */
export interface TuningProgress {
  readonly done: number;
  readonly total: number;
  readonly signature: string;
}

/**
 * Finds the strategies of a network's convolutions by which whole training steps are fastest: coordinate descent from what the
 * rules prefer, over the kinds of convolution that have several strategies, one after the other. Whole steps, since
 * a strategy also costs or saves conversions of layouts around it and what its neighbours find in the caches.
 */
export async function tuneStrategies(
  graph: NetworkGraph,
  device: Device,
  open: OpenTrial,
  onProgress: (progress: TuningProgress) => void,
): Promise<Tuning> {
  const byRules = planLowering(graph, device);
  const signatures = [...alternatives(byRules).keys()];
  const total = signatures.length;
  if (total === 0) return tuningOf(byRules, byRules, {});

  let choices: StrategyChoices = {};
  let champion = await open(choices);
  try {
    const tried = new Set([describe(byRules)]);
    for (const [done, signature] of signatures.entries()) {
      onProgress({ done, total, signature });
      for (const strategy of alternatives(planLowering(graph, device, choices)).get(signature) ?? []) {
        const challenge = { ...choices, [signature]: strategy };
        const plan = describe(planLowering(graph, device, challenge));
        if (tried.has(plan)) continue;
        tried.add(plan);
        const challenger = await open(challenge);
        let loser = challenger;
        try {
          if (await isFaster(challenger, champion)) {
            [champion, loser] = [challenger, champion];
            choices = challenge;
          }
        } finally {
          await loser.close();
        }
      }
    }
  } finally {
    await champion.close();
  }
  return tuningOf(planLowering(graph, device, choices), byRules, choices);
}

/** For each kind of convolution that has several: the names of the strategies that can be chosen for it. */
function alternatives({ graph, device, nodes }: LoweringPlan): ReadonlyMap<string, ReadonlySet<string>> {
  const signatures = nodeSignatures(graph);
  const found = new Map<string, Set<string>>();
  for (const { node, surroundings } of nodes.filter(isConvolution)) {
    const possible = possibleStrategies(node, device, surroundings);
    if (possible.length === 1) continue;
    const signature = signatures.get(node.name)!;
    const names = found.get(signature) ?? new Set();
    for (const { name } of possible) names.add(name);
    found.set(signature, names);
  }
  return found;
}

function tuningOf(plan: LoweringPlan, byRules: LoweringPlan, choices: StrategyChoices): Tuning {
  const chosen = plan.nodes.filter(isConvolution);
  const preferred = byRules.nodes.filter(isConvolution);
  const differing = chosen.filter(({ strategy }, i) => strategy !== preferred[i].strategy).length;
  return { choices, convolutions: chosen.length, differing };
}

const isConvolution = ({ node }: NodePlan): boolean => node.operation.op === 'conv2d';

/** What two plans share that come to the same steps. */
const describe = ({ nodes }: LoweringPlan): string => nodes.map(({ strategy }) => strategy.name).join();
