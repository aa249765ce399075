import type { TrainingExperiment } from '../config/experiment.js';
import type { Batch, LoadedDataset } from '../dataset/dataset.js';
import { prefetch } from '../dataset/prefetch.js';
import type { Session } from '../engine/engine.js';
import type { NamedArrays } from '../engine/named-arrays.js';
import { ReluctantError } from '../errors.js';
import type { EventBus } from '../events/event-bus.js';
import type { ReluSite } from '../graph/network.js';
import type { Tap, TapSample } from '../probe/tap.js';
import { learningRateAt } from '../schedule/learning-rate-at.js';
import type { Checkpoint, RunWriter } from '../store/run-store.js';
import { evaluateSplit, type SplitResult } from './evaluate-split.js';
import type { InterventionRunner } from './intervention-runner.js';
import type { ProbeRunner } from './probe-runner.js';
import { TapWindows } from '../measurement/tap-windows.js';

export interface TrainerParts {
  readonly experiment: TrainingExperiment;
  readonly dataset: LoadedDataset;
  readonly sites: readonly ReluSite[];
  readonly session: Session;
  readonly taps: readonly Tap[];
  readonly probes: ProbeRunner;
  readonly interventions: InterventionRunner;
  readonly bus: EventBus;
  readonly writer: RunWriter;
  readonly signal?: AbortSignal;
}

interface Measurement {
  readonly probe: SplitResult;
  readonly test: SplitResult;
}

/**
 * The training loop. Everything it does follows from the experiment, the seed and its position, so that going on from a
 * checkpoint gives what going straight through gives.
 */
export class Trainer {
  private step = 0;
  private epoch = 0;
  private stepInEpoch = 0;
  private lastMeasuredStep = -1;
  /** Of the epoch under way: Σ loss·size, images classified rightly, images. */
  private totals = { loss: 0, correct: 0, images: 0 };
  private epochStart = performance.now();
  private readonly stepsPerEpoch: number;
  private readonly trainingWindows: TapWindows;
  private readonly probeWindows: TapWindows;

  constructor(private readonly parts: TrainerParts) {
    const { dataset, experiment, taps, sites } = parts;
    this.stepsPerEpoch = Math.ceil(dataset.train.size / experiment.training.batchSize);
    this.trainingWindows = new TapWindows(taps, 'training-step', sites);
    this.probeWindows = new TapWindows(taps, 'probe-split', sites);
  }

  /** Trains to the end, or until the signal: then the step under way is finished and a checkpoint saved. */
  async run(): Promise<'completed' | 'interrupted'> {
    const { experiment, dataset, signal } = this.parts;
    const { epochs, batchSize } = experiment.training;
    if (!(await this.measureWhereDue())) return this.interrupt();
    while (this.epoch < epochs) {
      this.startEpoch();
      const skip = this.stepInEpoch;
      const order = { batchSize, seed: experiment.seed, epoch: this.epoch, shuffle: true, skip };
      for await (const batch of prefetch(dataset.train.batches(order))) {
        // Not before an epoch's first step: resumed there, the run would tell of the epoch's beginning a second time.
        if (signal?.aborted && this.stepInEpoch > 0) return this.interrupt();
        await this.trainOn(batch);
        if (!(await this.measureWhereDue())) return this.interrupt();
      }
      if (!(await this.completeEpoch())) return this.interrupt();
    }
    return 'completed';
  }

  /** Goes to a recorded position. @throws `RUN_CORRUPT` where the checkpoint doesn't fit this experiment */
  async restore(checkpoint: Checkpoint): Promise<void> {
    const totals = checkpoint.loop.totals?.data;
    if (totals?.length !== 4)
      throw new ReluctantError('RUN_CORRUPT', "The checkpoint lacks the loop's running totals.");
    await this.parts.session.writeState(checkpoint.state);
    this.trainingWindows.fromArrays(checkpoint.loop);
    this.step = checkpoint.step;
    this.epoch = checkpoint.epoch;
    this.stepInEpoch = checkpoint.stepInEpoch;
    [this.totals.loss, this.totals.correct, this.totals.images, this.lastMeasuredStep] = totals;
    this.parts.bus.publish({ type: 'run.resumed', ...this.position });
  }

  private get position() {
    return { step: this.step, epoch: this.epoch + this.stepInEpoch / this.stepsPerEpoch };
  }

  private get learningRate(): number {
    const { schedule, learningRate, epochs } = this.parts.experiment.training;
    return learningRateAt(schedule, learningRate, { epoch: this.position.epoch, epochs });
  }

  private startEpoch(): void {
    this.epochStart = performance.now();
    if (this.stepInEpoch > 0) return;
    this.totals = { loss: 0, correct: 0, images: 0 };
    this.parts.bus.publish({
      type: 'epoch.started',
      steps: this.stepsPerEpoch,
      learningRate: this.learningRate,
      ...this.position,
    });
  }

  private async trainOn(batch: Batch): Promise<void> {
    const { session, bus, probes } = this.parts;
    const start = performance.now();
    const learningRate = this.learningRate;
    const { loss, correct, taps } = await session.trainStep(batch, { learningRate, step: this.step });
    this.trainingWindows.add(taps, batch.size);
    this.totals.loss += loss * batch.size;
    this.totals.correct += correct;
    this.totals.images += batch.size;
    this.step++;
    this.stepInEpoch++;
    const seconds = (performance.now() - start) / 1000;
    bus.publish({ type: 'step.completed', loss, correct, size: batch.size, learningRate, seconds, ...this.position });
    if (!Number.isFinite(loss)) throw diverged(this.step, loss);
    probes.assertHealthy();
  }

  /** The initialised network is measured, and every `everySteps` steps the one in training. False: interrupted. */
  private async measureWhereDue(): Promise<boolean> {
    const { experiment, interventions } = this.parts;
    const { everySteps } = experiment.measurement;
    const scheduled = this.step === 0 || (everySteps !== undefined && this.step % everySteps === 0);
    const due = scheduled || interventions.isDue(this.position);
    const endOfEpoch = this.stepInEpoch === this.stepsPerEpoch;
    if (!due || endOfEpoch || this.lastMeasuredStep === this.step) return true;
    const measured = await this.measure();
    if (measured) await this.intervene(await this.publishMeasurement(measured));
    return measured !== undefined;
  }

  /** Tests, measures where it is due, and closes the epoch. False: interrupted, with nothing published. */
  private async completeEpoch(): Promise<boolean> {
    const { experiment, bus, interventions } = this.parts;
    const { training, measurement } = experiment;
    const epochsDone = this.epoch + 1;
    const last = epochsDone === training.epochs;
    const due = last || epochsDone % measurement.everyEpochs === 0 || interventions.isDue(this.position);
    const measured = due ? await this.measure() : undefined;
    const test = measured?.test ?? (await this.test());
    if (!test || (due && !measured)) return false;

    for (const sample of this.trainingWindows.drain(this.position)) bus.publish({ type: 'tap.sampled', sample });
    const samples = measured && (await this.publishMeasurement(measured));
    if (!measured) bus.publish({ type: 'evaluation.completed', split: 'test', ...test, ...this.position });
    const { loss, correct, images } = this.totals;
    bus.publish({
      type: 'epoch.completed',
      trainLoss: loss / images,
      trainAccuracy: correct / images,
      seconds: (performance.now() - this.epochStart) / 1000,
      ...this.position,
    });
    this.epoch = epochsDone;
    this.stepInEpoch = 0;
    await this.settle();
    if (samples) await this.intervene(samples);
    if (last || epochsDone % training.checkpointEvery === 0) await this.saveCheckpoint();
    return true;
  }

  private async measure(): Promise<Measurement | undefined> {
    const { session, dataset, experiment, signal } = this.parts;
    const { batchSize } = experiment.measurement;
    const probe = await evaluateSplit(session, dataset.probe, {
      batchSize,
      seed: experiment.seed,
      windows: this.probeWindows,
      signal,
    });
    // An interrupted measurement leaves half-filled windows behind: they are emptied, and filled anew after a resume.
    if (!probe) this.probeWindows.drain(this.position);
    // Units of a network that gives no numbers fire nowhere: that is no death, and is not recorded as one.
    if (probe && !Number.isFinite(probe.loss)) throw diverged(this.step, probe.loss);
    const test = probe && dataset.probe === dataset.test ? probe : probe && (await this.test());
    return probe && test && { probe, test };
  }

  private test(): Promise<SplitResult | undefined> {
    const { session, dataset, experiment, signal } = this.parts;
    return evaluateSplit(session, dataset.test, {
      batchSize: experiment.measurement.batchSize,
      seed: experiment.seed,
      signal,
    });
  }

  private async publishMeasurement({ probe, test }: Measurement): Promise<readonly TapSample[]> {
    const { bus, probes, session } = this.parts;
    const samples = this.probeWindows.drain(this.position);
    for (const sample of samples) bus.publish({ type: 'tap.sampled', sample });
    if (probes.inspects) {
      const parameters = await session.readState();
      await probes.inspect({ parameters, winograd: session.winograd, samples, ...this.position }, bus);
    }
    bus.publish({ type: 'evaluation.completed', split: 'probe', ...probe, ...this.position });
    bus.publish({ type: 'evaluation.completed', split: 'test', ...test, ...this.position });
    this.lastMeasuredStep = this.step;
    await this.settle();
    return samples;
  }

  /** Changes the network where that is due. No checkpoint may come between the measurement and this. */
  private async intervene(samples: readonly TapSample[]): Promise<void> {
    const { interventions, session, bus } = this.parts;
    await interventions.apply(session, samples, this.position, bus);
    await this.settle();
  }

  /** Waits until everything is recorded, and lets a failed probe or a full disk speak. */
  private async settle(): Promise<void> {
    await this.parts.bus.barrier();
    this.parts.probes.assertHealthy();
  }

  private async interrupt(): Promise<'interrupted'> {
    await this.settle();
    await this.saveCheckpoint();
    return 'interrupted';
  }

  private async saveCheckpoint(): Promise<void> {
    const { session, writer, bus } = this.parts;
    const { loss, correct, images } = this.totals;
    const totals = { shape: [4], data: Float64Array.of(loss, correct, images, this.lastMeasuredStep) };
    const loop: NamedArrays = { totals, ...this.trainingWindows.toArrays() };
    const { step, epoch, stepInEpoch } = this;
    const state = await session.readState();
    const checkpoint = await writer.saveCheckpoint({ state, loop, step, epoch, stepInEpoch, seq: bus.lastSeq });
    bus.publish({ type: 'checkpoint.saved', checkpoint, ...this.position });
    await bus.barrier();
  }
}

function diverged(step: number, loss: number): ReluctantError {
  return new ReluctantError(
    'RUN_DIVERGED',
    `The loss became ${loss} at step ${step}. Lower training.learningRate, or add a warm-up (training.schedule.warmupEpochs). ` +
      'The record up to this step is kept.',
  );
}
