import {
  decayOf,
  leakOf,
  slotName,
  updateRule,
  type EvaluationOptions,
  type Network,
  type Tap,
  type TrainingPlan,
} from '@reluctant/core';
import { backpropagate, type NetworkGradients } from '../autodiff/backpropagate.js';
import { Emission, type Mode } from '../lowering/emission.js';
import { lowerNetwork, type LoweredNetwork, type LoweringPlan } from '../lowering/lower-network.js';
import { emitSoftmaxCrossEntropy, type EmittedLoss } from '../lowering/softmax-cross-entropy.js';
import { GraphBuilder, type Value } from '../onnx/graph-builder.js';
import { emitTap, needsWholeMap, type EmittedTap } from '../taps/emit-taps.js';
import { poolingOfAll, poolingOfGradient } from '../taps/pooled-maps.js';
import {
  CORRECT_OUTPUT,
  LABELS_INPUT,
  LOGITS_OUTPUT,
  LOSSES_OUTPUT,
  scalarInput,
  stateOutput,
  type CompiledGraph,
} from './compiled-graph.js';
import { graphAlgebra } from './graph-algebra.js';

/** What a session compiles its graphs from. */
export interface CompilationUnit {
  readonly sites: Network['sites'];
  readonly lowering: LoweringPlan;
  readonly plan: TrainingPlan;
}

/** One training step as one graph: forward pass, loss, backward pass, update, moving statistics and taps. */
export function compileTrainingStep(unit: CompilationUnit, batch: number): CompiledGraph {
  const { emission, network, loss } = emitForward(unit, batch, 'training');
  const { builder } = emission;
  const gradients = backpropagate(builder, network.nodes, unit.lowering.graph.output, loss.gradient);
  const taps = unit.plan.taps
    .filter((tap) => tap.on === 'training-step')
    .map((tap, id) => emitSiteTap(unit, emission, tap, id, network, gradients));

  // Moving statistics first: they were assigned in the forward pass, trainable parameters are updated from their old values.
  const updated = new Map<string, { value: Value; parameter: string }>();
  for (const [name, value] of emission.assignments()) updated.set(name, { value, parameter: name });
  emitUpdate(unit, emission, gradients, updated);
  for (const [name, { value, parameter }] of updated) {
    builder.output(stateOutput(name), value, emission.parameterDims(parameter));
  }
  return {
    model: builder.build(),
    takes: emission.stateNames(),
    updates: [...updated.keys()],
    masks: emission.masks,
    taps,
  };
}

/** Forward pass, loss and, where asked for, the probe-split taps and the logits, in evaluation mode. */
export function compileEvaluation(
  unit: CompilationUnit,
  batch: number,
  wanted: Required<EvaluationOptions>,
): CompiledGraph {
  const { emission, network, classes } = emitForward(unit, batch, 'evaluation');
  const { builder } = emission;
  const taps = unit.plan.taps
    .filter((tap) => wanted.taps && tap.on === 'probe-split')
    .map((tap, id) => emitSiteTap(unit, emission, tap, id, network));
  if (wanted.logits) {
    builder.output(LOGITS_OUTPUT, network.activations.get(unit.lowering.graph.output)!.value, [batch, classes]);
  }
  return { model: builder.build(), takes: emission.stateNames(), updates: [], masks: [], taps };
}

function emitForward(
  { lowering, plan }: CompilationUnit,
  batch: number,
  mode: Mode,
): { emission: Emission; network: LoweredNetwork; loss: EmittedLoss; classes: number } {
  const { graph, layouts } = lowering;
  const builder = new GraphBuilder();
  const asked = plan.taps.filter(
    ({ at, site, statistics }) =>
      at === 'gradient' && (needsWholeMap(statistics) || poolingOfGradient(graph, site) === undefined),
  );
  const gradientsAsked = new Set(asked.map(({ site }) => site));
  const emission = new Emission(builder, lowering.device, batch, mode, graph.parameters, layouts, gradientsAsked);
  const network = lowerNetwork(lowering, emission);
  const labels = builder.input(LABELS_INPUT, [batch], 'int32');
  const classes = graph.nodes.find(({ name }) => name === graph.output)!.shape[0];
  const loss = emitSoftmaxCrossEntropy(builder, network.activations.get(graph.output)!.value, labels, {
    batch,
    classes,
    labelSmoothing: plan.loss.labelSmoothing,
  });
  builder.output(LOSSES_OUTPUT, loss.losses, [batch]);
  builder.output(CORRECT_OUTPUT, loss.correct, [batch]);
  return { emission, network, loss, classes };
}

function emitSiteTap(
  { sites, lowering }: CompilationUnit,
  emission: Emission,
  tap: Tap,
  id: number,
  network: LoweredNetwork,
  gradients?: NetworkGradients,
): EmittedTap {
  const { graph } = lowering;
  const site = sites.find(({ name }) => name === tap.site)!;
  const output = network.activations.get(tap.site)!;
  const input = network.activations.get(graph.nodes.find(({ name }) => name === tap.site)!.inputs[0])!;
  switch (tap.at) {
    case 'activation': {
      const pooling = poolingOfAll(graph, tap.site);
      return emitTap(emission, tap, id, site, {
        tapped: output,
        maximaIn: pooling && network.activations.get(pooling.name),
      });
    }
    case 'preactivation':
      return emitTap(emission, tap, id, site, { tapped: input, rectified: output });
    case 'gradient':
    case 'preactivation-gradient': {
      const passedOn = tap.at === 'preactivation-gradient';
      const { activations } = gradients!;
      const tapped = passedOn
        ? { ...input, value: passedOnBy(tap.site) }
        : { ...output, value: activations.get(tap.site)! };
      const pooling = poolingOfGradient(graph, tap.site);
      if (!pooling) return emitTap(emission, tap, id, site, { tapped });
      const pooled = network.activations.get(pooling.name)!;
      const ofPooled = activations.get(pooling.name)!;
      const value = passedOn ? emission.builder.mul(ofPooled, emission.firing(pooled.value)) : ofPooled;
      return emitTap(emission, tap, id, site, { tapped, sumsIn: { ...pooled, value } });
    }
  }

  /** By the ReLU, and by its leak where it has one. */
  function passedOnBy(relu: string): Value {
    const [passed, leaked] = [relu, leakOf(graph, relu)?.name ?? ''].map((name) => gradients!.passedOn.get(name)?.[0]);
    return leaked === undefined ? passed! : emission.builder.sum(passed!, leaked);
  }
}

/** Runs the optimizer's rule over every trainable parameter and adds the new weights and slots to `updated`. */
function emitUpdate(
  { lowering, plan }: CompilationUnit,
  emission: Emission,
  gradients: NetworkGradients,
  updated: Map<string, { value: Value; parameter: string }>,
): void {
  const { builder } = emission;
  const rule = updateRule(plan.optimizer);
  const math = graphAlgebra(builder);
  const scalars = Object.fromEntries(
    Object.keys(rule.scalars(0, 0)).map((name) => [name, builder.input(scalarInput(name), [])]),
  );
  for (const parameter of lowering.graph.parameters) {
    if (!parameter.trainable) continue;
    const { name } = parameter;
    emission.arrayNames(name, name).forEach((array, part) => {
      const gradient = gradients.parameters.get(array);
      if (gradient === undefined) return;
      const slotArray = (slot: string) => emission.arrayNames(slotName(slot, name), name)[part];
      const slots = Object.fromEntries(rule.slots.map((slot) => [slot, emission.state(slotArray(slot), name)]));
      const weight = emission.state(array, name);
      const next = rule.update(math, { weight, gradient, slots, scalars, decay: decayOf(plan.optimizer, parameter) });
      updated.set(array, { value: next.weight, parameter: name });
      for (const [slot, value] of Object.entries(next.slots)) updated.set(slotArray(slot), { value, parameter: name });
    });
  }
}
