import { availableParallelism } from 'node:os';
import type { NamedArrays, Network, Parameter, SelectedEngine, Session } from '@reluctant/core';
import { findSides } from '../engine/find-sides.js';
import type { EngineSettings } from '../engine/engine-settings.js';
import { openPytorch, type Exercise } from '../engine/open-contenders.js';
import { describeMachine } from '../machine.js';
import type { OnProgress } from '../on-progress.js';
import type { PytorchSession } from '../pytorch/pytorch-session.js';
import { SharedFiles } from '../pytorch/shared-files.js';
import { architectureBuilder } from '../step/architecture-builder.js';
import { openWatched } from '../step/open-watched.js';
import { LEARNING_RATE } from '../step/training-plan.js';
import { tapsOf } from '../step/watching.js';
import type { AgreementReport, NetworkAgreement, StateAgreement, StepAgreement } from './agreement-report.js';
import { kindAgreements } from './array-kinds.js';
import { arrayDifferences } from './differences.js';
import { learnableBatches } from './learnable-batches.js';
import { ratioRange } from './ratio-range.js';
import { stepDifference } from './step-difference.js';

/**
 * Trains every network on both sides from the same weights on the same images, and tells how far they part. How far PyTorch parts
 * from itself, with its maps in another layout, is the yardstick.
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

/** Those that take the same steps. */
interface Parties {
  readonly network: Network;
  readonly ours: Session;
  readonly pytorch: PytorchSession;
  /** PyTorch in its channels-last layout. */
  readonly yardstick: PytorchSession;
}

async function compare(
  exercise: Exercise,
  engine: SelectedEngine,
  { python, threads = availableParallelism() }: EngineSettings,
): Promise<Agreement> {
  const { network, session: ours } = await openWatched(exercise.build, engine, (sites) => tapsOf('everything', sites));
  const opened: PytorchSession[] = [];
  try {
    for (const channelsLast of [false, true]) {
      opened.push(
        await openPytorch(exercise, network, tapsOf('everything', network.sites), { python, threads, channelsLast }),
      );
    }
    const [pytorch, yardstick] = opened;
    return await trainAll(exercise, { network, ours, pytorch, yardstick });
  } finally {
    for (const session of opened) await session.close();
    await ours.close();
    network.model.dispose();
  }
}

async function trainAll({ batches, files }: Exercise, parties: Parties): Promise<Agreement> {
  const { network, ours, pytorch, yardstick } = parties;
  const steps: StepAgreement[] = [];
  const states: StateAgreement[] = [];
  for (const [step, batch] of batches.entries()) {
    const mine = await ours.trainStep(batch, { learningRate: LEARNING_RATE, step });
    const theirs = await pytorch.step();
    const other = await yardstick.step();
    const otherCounters = Object.entries(other.counters).map(([site, values]) => ({ site, values }));
    steps.push({
      step: step + 1,
      ours: mine.loss,
      pytorch: theirs.loss,
      ...stepDifference({ ...mine, counters: mine.taps }, theirs),
      yardstick: stepDifference({ ...other, counters: otherCounters }, theirs),
    });
    if (step !== 0 && step !== batches.length - 1) continue;
    const state = await ours.readState();
    const read = (session: PytorchSession) => session.readState(files, Object.keys(state), state);
    const stateOfPytorch = await read(pytorch);
    const difference = (arrays: NamedArrays) => arrayDifferences(arrays, stateOfPytorch);
    const { parameters } = network.graph;
    states.push({ step: step + 1, ...agreement(parameters, difference(state), difference(await read(yardstick))) });
  }
  return { steps, states };
}

function agreement(
  parameters: readonly Parameter[],
  arrays: StateAgreement['arrays'],
  yardstick: StateAgreement['yardstick'],
): Omit<StateAgreement, 'step'> {
  return {
    arrays,
    yardstick,
    kinds: kindAgreements(parameters, arrays, yardstick),
    ratio: ratioRange(arrays, yardstick),
  };
}
