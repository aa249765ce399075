import {
  requireComputableTaps,
  requireValidBatch,
  ReluctantError,
  slotName,
  updateRule,
  type Batch,
  type EvaluationOptions,
  type EvaluationResult,
  type Hyperparameters,
  type NamedArrays,
  type Network,
  type Session,
  type StepResult,
  type TrainingPlan,
  type UpdateRule,
} from '@reluctant/core';
import { activationDims, stateInput } from './lowering/emission.js';
import { BATCH_INPUT } from './lowering/input.js';
import { planLowering } from './lowering/lower-network.js';
import { tfjsLayout } from './lowering/parameter-layout.js';
import { winogradConv2d } from './lowering/positions/winograd-conv2d.js';
import type { Device } from './lowering/device.js';
import type { StrategyChoices } from './lowering/lower-network.js';
import { GraphCache, type LoadedGraph } from './runtime/graph-cache.js';
import type { Runtime, RuntimeTensor, Threading } from './runtime/runtime.js';
import { SessionState, type StateArray } from './runtime/session-state.js';
import { compileEvaluation, compileTrainingStep, type CompilationUnit } from './step/compile.js';
import {
  CORRECT_OUTPUT,
  LABELS_INPUT,
  LOGITS_OUTPUT,
  LOSSES_OUTPUT,
  scalarInput,
  stateOutput,
} from './step/compiled-graph.js';
import { layOutDropoutMask } from './step/dropout-mask.js';
import { readTap } from './taps/read-tap.js';

/** What a session needs of a network; the model itself stays with the caller. */
export type TrainedNetwork = Pick<Network, 'graph' | 'sites'>;

type Feeds = Record<string, RuntimeTensor>;

/**
 * Trains one network by graphs compiled for each batch size that occurs. Between steps the state lives on the host and is
 * fed back in.
 */
export class OnnxSession implements Session {
  device?: string;
  readonly winograd: readonly string[];
  private readonly unit: CompilationUnit;
  private readonly rule: UpdateRule;
  private readonly state: SessionState;
  private readonly graphs: GraphCache;
  private closed = false;

  /**
   * Throws `ENGINE_UNSUPPORTED` naming the node or site for an operation or tap that can't be computed.
   *
   * @param initial the network's parameters by name, in tfjs layouts
   * @param onClose receives the parameters as they are at the end
   * @param choices strategies to take instead of those that the rules prefer
   */
  constructor(
    private readonly runtime: Runtime,
    network: TrainedNetwork,
    initial: NamedArrays,
    private readonly plan: TrainingPlan,
    device: Device & Threading,
    private readonly onClose: (parameters: NamedArrays) => void,
    choices: StrategyChoices = {},
  ) {
    const { graph, sites } = network;
    requireComputableTaps(plan.taps, sites);
    const lowering = planLowering(graph, device, choices);
    this.unit = { sites, lowering, plan };
    this.winograd = lowering.nodes.filter(({ strategy }) => strategy === winogradConv2d).map(({ node }) => node.name);
    this.rule = updateRule(plan.optimizer);
    const layoutOf = (parameter: string) => lowering.layouts.get(parameter) ?? tfjsLayout;
    const arrays = graph.parameters.flatMap(({ name, shape, trainable }): StateArray[] => {
      const slots = trainable ? this.rule.slots.map((slot) => slotName(slot, name)) : [];
      return [name, ...slots].map((array) => ({ name: array, shape, layout: layoutOf(name) }));
    });
    this.state = new SessionState(runtime, arrays, initial);
    this.graphs = new GraphCache((model) => runtime.load(model, device));
  }

  async trainStep(batch: Batch, { learningRate, step }: Hyperparameters): Promise<StepResult> {
    this.assertOpen();
    requireValidBatch(batch, this.unit.lowering.graph);
    const graph = await this.graphs.get(`train ${batch.size}`, () => compileTrainingStep(this.unit, batch.size));
    const feeds = this.batchFeeds(batch);
    for (const mask of graph.masks) {
      const values = layOutDropoutMask(mask, batch.size, this.plan.seed, step);
      feeds[mask.input] = this.runtime.tensor(values, activationDims(batch.size, mask.shape));
    }
    for (const [name, value] of Object.entries(this.rule.scalars(learningRate, step))) {
      feeds[scalarInput(name)] = this.runtime.tensor(Float32Array.of(value), []);
    }
    const next: Feeds = {};
    for (const name of graph.updates) next[stateOutput(name)] = this.state.next(name);
    const result = await this.run(graph, feeds, next);
    this.state.advance(graph.updates);
    return result;
  }

  async evaluate(batch: Batch, { taps = true, logits = false }: EvaluationOptions = {}): Promise<EvaluationResult> {
    this.assertOpen();
    requireValidBatch(batch, this.unit.lowering.graph);
    const wanted = { taps: taps && this.plan.taps.some(({ on }) => on === 'probe-split'), logits };
    const graph = await this.graphs.get(`evaluate ${batch.size} ${wanted.taps} ${logits}`, () =>
      compileEvaluation(this.unit, batch.size, wanted),
    );
    return this.run(graph, this.batchFeeds(batch), {});
  }

  async readState(): Promise<NamedArrays> {
    this.assertOpen();
    return this.state.read();
  }

  async writeState(state: NamedArrays): Promise<void> {
    this.assertOpen();
    this.state.write(state);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.graphs.release();
    const parameters = this.state.read();
    this.state.dispose();
    this.onClose(parameters);
  }

  private batchFeeds({ size, x, y }: Batch): Feeds {
    const { nodes, input } = this.unit.lowering.graph;
    const { shape } = nodes.find(({ name }) => name === input)!;
    return {
      [BATCH_INPUT]: this.runtime.tensor(x, [size, ...shape]),
      [LABELS_INPUT]: this.runtime.tensor(y, [size]),
    };
  }

  /** Runs a graph on the state and on `feeds`, which are of this step only. */
  private async run(graph: LoadedGraph, feeds: Feeds, next: Feeds): Promise<EvaluationResult> {
    const inputs = { ...feeds };
    for (const name of graph.takes) inputs[stateInput(name)] = this.state.current(name);
    try {
      const outputs = await graph.run(inputs, next);
      const fetch = (name: string) => outputs[name].data as Float32Array;
      return {
        loss: sum(fetch(LOSSES_OUTPUT)) / fetch(LOSSES_OUTPUT).length,
        correct: sum(fetch(CORRECT_OUTPUT)),
        taps: graph.taps.map((tap) => readTap(tap, fetch)),
        ...(LOGITS_OUTPUT in outputs && { logits: fetch(LOGITS_OUTPUT).slice() }),
      };
    } finally {
      for (const feed of Object.values(feeds)) feed.dispose();
    }
  }

  private assertOpen(): void {
    if (this.closed) throw new ReluctantError('INTERNAL', 'This session of the onnx engine is closed; open another.');
  }
}

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}
