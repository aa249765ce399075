import { availableParallelism } from 'node:os';
import type { SelectedEngine, Session } from '@reluctant/core';
import { findSides } from '../engine/find-sides.js';
import type { EngineSettings } from '../engine/engine-settings.js';
import { openOurs, openPytorch, type Exercise } from '../engine/open-contenders.js';
import { describeMachine } from '../machine.js';
import type { OnProgress } from '../on-progress.js';
import type { PytorchSession } from '../pytorch/pytorch-session.js';
import { SharedFiles } from '../pytorch/shared-files.js';
import { architectureBuilder } from '../step/architecture-builder.js';
import { LEARNING_RATE } from '../step/training-plan.js';
import type { AgreementReport, NetworkAgreement, StateAgreement, StepAgreement } from './agreement-report.js';
import { arrayDifferences, counterDifference } from './differences.js';
import { learnableBatches } from './learnable-batches.js';

/**
 * Trains every network on both sides from the same weights on the same images, and tells how far they part.
 * @param steps at least 1
 * @throws ReluctantError `USAGE` or `ENGINE_UNAVAILABLE`, before anything is trained
 */
export async function runAgreement(
  settings: EngineSettings,
  steps: number,
  onProgress: OnProgress,
): Promise<AgreementReport> {
  const machine = describeMachine();
  const builders = settings.architectures.map((name) => [name, architectureBuilder(name, settings.width)] as const);
  const { engine, sides } = await findSides(settings);
  const networks: NetworkAgreement[] = [];
  let images: string | undefined;
  for (const size of 'unavailable' in sides.pytorch ? [] : settings.batches) {
    const { source, batches } = await learnableBatches(steps, size);
    images = source;
    for (const [architecture, build] of builders) {
      onProgress(`${architecture}, ${size} images: ${steps} steps`);
      const files = await SharedFiles.create();
      try {
        const agreement = await compare({ build, batches, files }, engine, settings);
        networks.push({ architecture, batch: size, ...agreement });
      } finally {
        await files.remove();
      }
    }
  }
  return { benchmark: 'agreement', time: new Date().toISOString(), machine, settings, ...sides, images, networks };
}

type Agreement = Pick<NetworkAgreement, 'steps' | 'states'>;

async function compare(
  exercise: Exercise,
  engine: SelectedEngine,
  { python, threads = availableParallelism() }: EngineSettings,
): Promise<Agreement> {
  const { network, session } = await openOurs(exercise, engine, 'everything');
  try {
    const pytorch = await openPytorch(exercise, network, 'everything', { python, threads, channelsLast: false });
    try {
      return await trainBoth(exercise, session, pytorch);
    } finally {
      await pytorch.close();
    }
  } finally {
    await session.close();
    network.model.dispose();
  }
}

async function trainBoth({ batches, files }: Exercise, session: Session, pytorch: PytorchSession): Promise<Agreement> {
  const steps: StepAgreement[] = [];
  const states: StateAgreement[] = [];
  for (const [step, batch] of batches.entries()) {
    const mine = await session.trainStep(batch, { learningRate: LEARNING_RATE, step });
    const theirs = await pytorch.step();
    steps.push({
      step: step + 1,
      ours: mine.loss,
      pytorch: theirs.loss,
      loss: Math.abs(mine.loss - theirs.loss) / theirs.loss,
      correct: Math.abs(mine.correct - theirs.correct),
      ...counterDifference(mine.taps, theirs.counters),
    });
    if (step !== 0 && step !== batches.length - 1) continue;
    const state = await session.readState();
    const other = await pytorch.readState(files, Object.keys(state), state);
    states.push({ step: step + 1, arrays: arrayDifferences(state, other) });
  }
  return { steps, states };
}
