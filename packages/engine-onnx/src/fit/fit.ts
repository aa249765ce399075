import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import { readNetwork, ReluctantError, type Network, type Session } from '@reluctant/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { onnxEngine } from '../engine.js';
import { batchesOf, trainingData, type BatchSource, type TrainingData } from './batches.js';
import { readExamples, signatureOf, type ExampleArrays, type Examples } from './examples.js';
import { resolveFitOptions, type FitOptions, type ResolvedFitOptions } from './fit-options.js';
import { activationTaps, Tally, type EpochRecord, type History, type Score } from './history.js';
import { requireTrainable } from './require-trainable.js';

/**
 * Trains a classifier in place with the onnx engine: the model's weights are the trained ones afterwards, also where training
 * ended early or with an error. Its tfjs backend stays as it is, and `compile` is not needed. The loss is the mean softmax
 * cross-entropy, from logits or from a final softmax. Frozen layers keep their weights; batch normalisation in them still
 * normalises by the batch and moves its statistics, as in tfjs.
 *
 * @param model Sequential or functional, built, with one input and one output [batch, classes]
 * @param data images and labels, or batches of them
 * @throws ReluctantError
 *   - `CONFIG_INVALID` for options that make no sense
 *   - `ENGINE_UNSUPPORTED` (naming the layer) for a model that can't be trained, `ENGINE_UNAVAILABLE` where the engine can't run
 *   - `DATASET_CORRUPT` for data that doesn't fit the model
 *   - `RUN_DIVERGED` where a loss is not finite; the weights are then those from before that epoch
 */
export async function fit(
  model: LayersModel,
  data: Examples | BatchSource,
  options: FitOptions = {},
): Promise<History> {
  const settings = resolveFitOptions(options);
  const network = readNetwork(model);
  requireTrainable(network);
  const signature = signatureOf(network.graph);
  const training = await trainingData(data, signature, settings);
  const validation = settings.validation && (await readExamples(settings.validation, signature, 'validation data'));

  const { optimizer, labelSmoothing, seed } = settings;
  const taps = settings.activeProbability ? activationTaps(network) : [];
  const plan = { optimizer, loss: { kind: 'softmax-cross-entropy', labelSmoothing }, taps, seed } as const;
  const session = await onnxEngine.open(network, plan, settings.engine);
  try {
    return await new Fitting(network, session, training, validation, settings, taps).run();
  } finally {
    await session.close();
  }
}

/** One call of `fit`, from its open session on. */
class Fitting {
  private step = 0;

  constructor(
    private readonly network: Network,
    private readonly session: Session,
    private readonly training: TrainingData,
    private readonly validation: ExampleArrays | undefined,
    private readonly settings: ResolvedFitOptions,
    private readonly taps: ReturnType<typeof activationTaps>,
  ) {}

  async run(): Promise<History> {
    const { epochs, callbacks } = this.settings;
    const records: EpochRecord[] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      if (this.aborted) return { epochs: records, aborted: true };
      await callbacks.onEpochBegin?.(epoch);
      const record = await this.trainEpoch(epoch);
      if (!record) return { epochs: records, aborted: true };
      records.push(record);
      await callbacks.onEpochEnd?.(record);
    }
    return { epochs: records, aborted: false };
  }

  /** Undefined where the signal came. */
  private async trainEpoch(epoch: number): Promise<EpochRecord | undefined> {
    const before = await this.session.readState();
    const tally = new Tally(this.network, this.taps);
    let batch = 0;
    for await (const examples of this.training.epoch(epoch)) {
      // Timers and other signals have their turn where the engine computes on this thread.
      await eventLoopTurn();
      if (this.aborted) return undefined;
      const { size } = examples;
      const learningRate = this.learningRate(epoch, batch);
      const result = await this.session.trainStep(examples, { learningRate, step: this.step++ });
      if (!Number.isFinite(result.loss)) {
        await this.session.writeState(before);
        throw diverged(`The loss of batch ${batch} in epoch ${epoch} is ${result.loss}`);
      }
      tally.add(result, size);
      await this.settings.callbacks.onBatchEnd?.({
        epoch,
        batch,
        batches: this.training.batches,
        size,
        loss: result.loss,
        accuracy: result.correct / size,
        learningRate,
      });
      batch++;
    }
    const validation = this.validation && (await this.evaluate(this.validation));
    if (this.validation && !validation) return undefined;
    if (validation && !Number.isFinite(validation.loss)) {
      await this.session.writeState(before);
      throw diverged(`The validation loss after epoch ${epoch} is ${validation.loss}`);
    }
    const { score, activeProbability } = tally;
    return { epoch, ...score, ...(validation && { validation }), activeProbability };
  }

  /** Undefined where the signal came. */
  private async evaluate(examples: ExampleArrays): Promise<Score | undefined> {
    const { batchSize, seed } = this.settings;
    const tally = new Tally(this.network, []);
    for await (const batch of batchesOf(examples, { batchSize, seed, shuffle: false, epoch: 0 })) {
      await eventLoopTurn();
      if (this.aborted) return undefined;
      const { size } = batch;
      tally.add(await this.session.evaluate(batch, { taps: false }), size);
    }
    return tally.score;
  }

  private learningRate(epoch: number, batch: number): number {
    const { epochs, learningRateAt } = this.settings;
    const fraction = this.training.batches === undefined ? 0 : Math.min(batch / this.training.batches, 1);
    const rate = learningRateAt({ epoch: epoch + fraction, epochs });
    if (Number.isFinite(rate) && rate >= 0) return rate;
    throw new ReluctantError('CONFIG_INVALID', `fit's learningRate gave ${rate}; it must be finite and not negative.`);
  }

  private get aborted(): boolean {
    return this.settings.signal?.aborted === true;
  }
}

function diverged(what: string): ReluctantError {
  return new ReluctantError(
    'RUN_DIVERGED',
    `${what}. The model has the weights from before that epoch; try a smaller learningRate.`,
  );
}
