import { availableParallelism } from 'node:os';
import {
  simulate,
  SimulationWorkers,
  unitModel,
  unitOptionsSchema,
  type SimulationResult,
} from '@reluctant/single-unit';
import { readLoad } from '../foreign-load.js';
import { interleave, type Subject } from '../interleave.js';
import { describeMachine } from '../machine.js';
import type { OnProgress } from '../on-progress.js';
import type { ProgramProcess } from '../program-process.js';
import { startPython } from '../python-program.js';
import { quietestAttempt } from '../quietest-attempt.js';
import { summarize, summarizeRatios } from '../stats.js';
import type { Instant } from '../clock.js';
import { measureLimit, vectorsPerUpdate } from './multiply-adds.js';
import { NUMPY, numpyAnswer } from './numpy-program.js';
import type { SingleUnitReport, SubjectReport } from './single-unit-report.js';
import type { SingleUnitSettings } from './single-unit-settings.js';

const STEP_SIZE = 0.02;
const NOISE = 0.1;

type Ends = Pick<SubjectReport, 'activation' | 'excessError'>;

interface Contender extends Subject {
  readonly inputs: number;
  readonly threads: number;
  /** Undefined for NumPy. */
  readonly method?: 'full' | 'order-parameters';
  /** What became of the units in the latest round. */
  ends(): Ends;
}

/**
 * Times both methods of the single-unit simulation against NumPy, interleaved, and compares what becomes of the units.
 * @throws ReluctantError `ENGINE_UNAVAILABLE` where NumPy is missing
 */
export async function runSingleUnitBench(
  settings: SingleUnitSettings,
  onProgress: OnProgress,
): Promise<SingleUnitReport> {
  const machine = describeMachine();
  const { process: python, versions } = await startPython(settings.python, NUMPY);
  const allThreads = settings.threads ?? availableParallelism();
  const pools = [1, allThreads].map((threads) => ({ threads, workers: new SimulationWorkers(threads) }));
  try {
    const multiplyAddLimit = measureLimit();
    const { inputs, manyInputs, rounds, warmup, attempts, tolerance } = settings;
    const contenders = [
      numpyContender(python, settings),
      ...pools.flatMap((pool) => [
        ourContender('full', inputs, pool, settings),
        ourContender('order-parameters', inputs, pool, settings),
      ]),
      ourContender('order-parameters', manyInputs, pools[0], settings),
    ];
    const { result: durations, ...load } = await quietestAttempt(
      () =>
        interleave(contenders, {
          rounds,
          warmup,
          onRound: (done) => onProgress(`single unit: round ${done} of ${warmup + rounds}`),
        }),
      { tolerance, maxAttempts: attempts, load: () => readLoad(python.cpu) },
    );
    const subjects = contenders.map((contender) =>
      subjectReport(contender, contenders[0], durations, settings, multiplyAddLimit),
    );
    const time = new Date().toISOString();
    return { benchmark: 'single-unit', time, machine, settings, numpy: versions, multiplyAddLimit, ...load, subjects };
  } finally {
    await python.close();
    await Promise.all(pools.map(({ workers }) => workers.close()));
  }
}

function numpyContender(python: ProgramProcess, settings: SingleUnitSettings): Contender {
  const { inputs, trials, updates, unbiased, warmup } = settings;
  let ends: Ends = { activation: [NaN, NaN], excessError: [NaN, NaN] };
  const unit = {
    inputs,
    trials,
    updates,
    stepSize: STEP_SIZE,
    noise: NOISE,
    bias: !unbiased,
    teacherBias: unbiased ? 0 : -1,
  };
  return {
    name: 'NumPy',
    inputs,
    threads: 1,
    async run(round) {
      // NumPy has nothing to warm up that a few updates wouldn't.
      const request = { ...unit, updates: round < warmup ? Math.min(updates, 20) : updates, seed: round };
      const { milliseconds, ...answer } = await python.ask(request, numpyAnswer);
      ends = answer;
      return milliseconds;
    },
    ends: () => ends,
  };
}

function ourContender(
  method: 'full' | 'order-parameters',
  inputs: number,
  { threads, workers }: { readonly threads: number; readonly workers: SimulationWorkers },
  { trials, updates, unbiased }: SingleUnitSettings,
): Contender {
  const model = unitModel(
    unitOptionsSchema.parse({ inputs, bias: !unbiased, stepSize: STEP_SIZE * Math.min(1, 16 / inputs), noise: NOISE }),
  );
  let result: SimulationResult | undefined;
  return {
    name: `${method === 'full' ? 'full' : 'order parameters'}, L = ${inputs}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    inputs,
    threads,
    method,
    async run(round) {
      result = await simulate(
        model,
        { start: { kind: 'he' }, trials, grid: [0, updates], seed: round, method },
        { workers },
      );
    },
    ends: () => ({ activation: lastOf(result!.activation), excessError: lastOf(result!.excessError) }),
  };
}

const lastOf = ({ mean, standardError }: SimulationResult['activation'] | SimulationResult['excessError']) =>
  [mean.at(-1)!, standardError.at(-1)!] as const;

function subjectReport(
  contender: Contender,
  numpy: Contender,
  durations: ReadonlyMap<string, readonly Instant[]>,
  { trials, updates, unbiased, inputs }: SingleUnitSettings,
  limit: number,
): SubjectReport {
  const times = (name: string, of: 'wall' | 'cpu') => durations.get(name)!.map((instant) => instant[of]);
  const wall = summarize(times(contender.name, 'wall'));
  const updatesPerSecond = (1000 * trials * updates) / wall.median;
  const ends = contender.ends();
  const deviation = (of: keyof Ends) =>
    (ends[of][0] - numpy.ends()[of][0]) / Math.max(Math.hypot(ends[of][1], numpy.ends()[of][1]), 1e-300);
  // From a half, where all units start, to what is left of it.
  const activity = unbiased ? 0.5 : (0.5 + ends.activation[0]) / 2;
  return {
    name: contender.name,
    inputs: contender.inputs,
    threads: contender.threads,
    wall,
    cpu: summarize(times(contender.name, 'cpu')),
    samples: times(contender.name, 'wall'),
    updatesPerSecond,
    speedup: summarizeRatios(times(numpy.name, 'wall'), times(contender.name, 'wall')),
    speedupPerCore: summarizeRatios(times(numpy.name, 'cpu'), times(contender.name, 'cpu')),
    limitShare:
      contender.method &&
      (updatesPerSecond * vectorsPerUpdate(contender.method, contender.inputs, activity)) / (limit * contender.threads),
    ...ends,
    deviations:
      contender === numpy || contender.inputs !== inputs
        ? undefined
        : { activation: deviation('activation'), excessError: deviation('excessError') },
  };
}
