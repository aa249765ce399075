import {
  decayOf,
  evaluationForward,
  evaluationTaps,
  readTaps,
  slotName,
  updateRule,
  writeParameters,
  type Batch,
  type EvaluationOptions,
  type EvaluationResult,
  type Hyperparameters,
  type NamedArrays,
  type Network,
  type Session,
  type StepResult,
  type TapTensors,
  type TrainingPlan,
  type UpdateRule,
} from '@reluctant/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../backends/backend.js';
import { batchTensors } from './batch-tensors.js';
import { countCorrect, softmaxCrossEntropy } from './softmax-cross-entropy.js';
import { tensorAlgebra } from './tensor-algebra.js';
import { TensorState } from './tensor-state.js';
import { trainingPass, type TrainingPass } from './training-pass.js';

/** What a pass over one batch leaves for the host to read. */
interface PassTensors {
  readonly loss: tf.Tensor;
  readonly logits: tf.Tensor;
  readonly taps: readonly TapTensors[];
}

/** Trains by interpreting the graph operation by operation. Its tfjs backend has to be active when it is made. */
export class EagerSession implements Session {
  private readonly rule: UpdateRule;
  private readonly state: TensorState;
  private closed = false;

  constructor(
    private readonly network: Network,
    private readonly plan: TrainingPlan,
    private readonly backend: Backend,
  ) {
    this.rule = updateRule(plan.optimizer);
    this.state = TensorState.of(network, this.rule.slots);
  }

  async trainStep(batch: Batch, hyperparameters: Hyperparameters): Promise<StepResult> {
    await this.backend.activate();
    const { updated, pass } = tidy(() => {
      const { gradients, moved, ...pass } = trainingPass(this.network, this.plan, this.state, batch, hyperparameters);
      return { pass, updated: { ...Object.fromEntries(moved), ...this.update(gradients, hyperparameters) } };
    });
    this.state.replace(updated);
    return readPass(pass, batch);
  }

  async evaluate(batch: Batch, { taps = true, logits = false }: EvaluationOptions = {}): Promise<EvaluationResult> {
    await this.backend.activate();
    return readPass(
      tidy(() => this.evaluationPass(batch, taps)),
      batch,
      logits,
    );
  }

  async readState(): Promise<NamedArrays> {
    await this.backend.activate();
    return this.state.read();
  }

  async writeState(state: NamedArrays): Promise<void> {
    await this.backend.activate();
    this.state.write(state);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    writeParameters(this.network, await this.readState());
    this.state.dispose();
  }

  /** New weights and slots of all trainable parameters. */
  private update(
    gradients: TrainingPass['gradients'],
    { learningRate, step }: Hyperparameters,
  ): Record<string, tf.Tensor> {
    const scalars = Object.fromEntries(
      Object.entries(this.rule.scalars(learningRate, step)).map(([name, value]) => [name, tf.scalar(value)]),
    );
    const updated: Record<string, tf.Tensor> = {};
    for (const parameter of this.network.graph.parameters) {
      const gradient = gradients.get(parameter.name);
      if (gradient === undefined) continue;
      const { weight, slots } = this.rule.update(tensorAlgebra, {
        weight: this.state.get(parameter.name),
        gradient,
        slots: Object.fromEntries(
          this.rule.slots.map((slot) => [slot, this.state.get(slotName(slot, parameter.name))]),
        ),
        scalars,
        decay: decayOf(this.plan.optimizer, parameter),
      });
      updated[parameter.name] = weight;
      for (const slot of this.rule.slots) updated[slotName(slot, parameter.name)] = slots[slot];
    }
    return updated;
  }

  private evaluationPass(batch: Batch, withTaps: boolean): PassTensors {
    const { graph } = this.network;
    const { images, targets } = batchTensors(graph, batch, this.plan.loss);
    const outputs = evaluationForward(graph, images, (name) => this.state.get(name));
    const logits = outputs.get(graph.output)!;
    const taps = withTaps ? this.plan.taps.filter((tap) => tap.on === 'probe-split') : [];
    return {
      loss: softmaxCrossEntropy(logits, targets),
      logits,
      taps: evaluationTaps(graph, outputs, taps),
    };
  }
}

/** `tf.tidy` for results that tfjs's own container type does not admit, though its search for tensors finds them. */
function tidy<T>(compute: () => T): T {
  return tf.tidy(compute as unknown as () => tf.TensorContainer) as unknown as T;
}

async function readPass(
  { loss, logits, taps }: PassTensors,
  batch: Batch,
  withLogits = false,
): Promise<EvaluationResult> {
  const [lossValue, logitValues, tapValues] = await Promise.all([loss.data(), logits.data(), readTaps(taps)]);
  loss.dispose();
  logits.dispose();
  return {
    loss: lossValue[0],
    correct: countCorrect(logitValues, batch),
    taps: tapValues,
    // tfjs's JavaScript backend gives its own array.
    ...(withLogits && { logits: Float32Array.from(logitValues) }),
  };
}
