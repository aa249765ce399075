import type { NamedArrays, NetworkGraph, Tap } from '@reluctant/core';
import { z } from 'zod';
import { LEARNING_RATE, OPTIMIZER } from '../step/training-plan.js';
import type { ProgramProcess } from '../program-process.js';
import { startPython } from '../python-program.js';
import { PYTORCH, type PytorchVersions } from './pytorch-program.js';
import { evaluationSchema, type FiredBatch } from '../row-answers.js';
import { RowSession } from '../row-session.js';
import type { SharedFiles } from './shared-files.js';

export interface PytorchOptions {
  /** The Python interpreter. */
  readonly python: string;
  readonly threads: number;
  /** Whether maps are kept [batch, H, W, C] in memory, which PyTorch calls channels_last. */
  readonly channelsLast: boolean;
}

/** What PyTorch trains: the network that an engine of ours is given, with the same numbers. */
export interface PytorchTask {
  readonly graph: NetworkGraph;
  readonly inputShape: readonly number[];
  readonly batchSize: number;
  readonly taps: readonly Tap[];
  /** Of `SharedFiles`: the parameters in the graph's order. */
  readonly stateFile: string;
  readonly imagesFile: string;
  readonly labelsFile: string;
}

const stepSchema = z.object({ wall: z.number(), cpu: z.number(), loss: z.number(), correct: z.number() });
const countersSchema = z.record(z.string(), z.record(z.string(), z.array(z.number())));
const toldSchema = stepSchema.extend({ counters: z.record(z.string(), countersSchema) });
const nothingSchema = z.object({});

/** Statistic values by site and statistic. */
export type Counters = z.infer<typeof countersSchema>;

export interface ToldStep extends z.infer<typeof stepSchema> {
  /** Of the activations. */
  readonly counters: Counters;
  /** By site and point of all taps. */
  readonly points: z.infer<typeof toldSchema>['counters'];
}

/** A network in a process of its own, trained by PyTorch on the batches it was given, in turn. */
export class PytorchSession extends RowSession {
  private constructor(
    process: ProgramProcess,
    readonly versions: PytorchVersions,
  ) {
    super(process);
  }

  /** @throws ReluctantError `ENGINE_UNAVAILABLE` where PyTorch is missing, `INTERNAL` for a network it can't mirror */
  static async open(task: PytorchTask, { python, threads, channelsLast }: PytorchOptions): Promise<PytorchSession> {
    const { process, versions } = await startPython(python, PYTORCH);
    try {
      const taps = task.taps.filter(({ on }) => on === 'training-step');
      const { momentum, weightDecay } = OPTIMIZER;
      const training = { momentum, weightDecay, learningRate: LEARNING_RATE };
      await process.ask({ do: 'open', ...task, taps, ...training, threads, channelsLast }, nothingSchema);
      return new PytorchSession(process, versions);
    } catch (error) {
      await process.close();
      throw error;
    }
  }

  /** One step with all that it yields. */
  async step(): Promise<ToldStep> {
    const { counters: points, ...step } = await this.process.ask({ do: 'tell' }, toldSchema);
    const activations = Object.entries(points).flatMap(([site, { activation }]) =>
      activation ? [[site, activation]] : [],
    );
    return { ...step, points, counters: Object.fromEntries(activations) as Counters };
  }

  /** What fires in evaluation mode on the images of a file, which holds batches of the size that is trained on. */
  async evaluate(imagesFile: string, sites: readonly string[]): Promise<readonly FiredBatch[]> {
    return (await this.process.ask({ do: 'evaluate', imagesFile, sites }, evaluationSchema)).batches;
  }

  /** The arrays of the given names in our layouts, as an engine's `readState` gives them. */
  async readState(files: SharedFiles, names: readonly string[], like: NamedArrays): Promise<NamedArrays> {
    const file = files.path();
    await this.process.ask({ do: 'write', file, arrays: names }, nothingSchema);
    return files.readArrays(file, names, like);
  }
}
