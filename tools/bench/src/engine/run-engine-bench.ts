import { availableParallelism, cpus } from 'node:os';
import type { SelectedEngine } from '@reluctant/core';
import { readLoad } from '../foreign-load.js';
import { interleave } from '../interleave.js';
import { describeMachine } from '../machine.js';
import type { OnProgress } from '../on-progress.js';
import { SharedFiles } from '../pytorch/shared-files.js';
import { quietestAttempt } from '../quietest-attempt.js';
import { architectureBuilder, type ArchitectureBuilder } from '../step/architecture-builder.js';
import { drawBatches } from '../step/draw-batches.js';
import { blocks, type Contender } from './contender.js';
import { contenderReport } from './contender-report.js';
import type { DuelReport, EngineReport } from './engine-report.js';
import type { EngineSettings, MemoryLayout } from './engine-settings.js';
import { findSides } from './find-sides.js';
import { openContenders } from './open-contenders.js';

/**
 * Times training steps of the `onnx` engine and of PyTorch, interleaved.
 * @throws ReluctantError `USAGE` or `ENGINE_UNAVAILABLE`, before anything is measured
 */
export async function runEngineBench(settings: EngineSettings, onProgress: OnProgress): Promise<EngineReport> {
  const machine = describeMachine();
  const builders = settings.architectures.map((name) => [name, architectureBuilder(name, settings.width)] as const);
  const { engine, sides } = await findSides(settings);
  const layouts = 'unavailable' in sides.pytorch ? [] : settings.layouts;
  const duels: DuelReport[] = [];
  for (const [architecture, build] of builders) {
    for (const batch of settings.batches) {
      duels.push(await duel({ architecture, build, batch, layouts }, engine, settings, onProgress));
    }
  }
  return { benchmark: 'engine', time: new Date().toISOString(), machine, settings, ...sides, duels };
}

interface Duel {
  readonly architecture: string;
  readonly build: ArchitectureBuilder;
  readonly batch: number;
  readonly layouts: readonly MemoryLayout[];
}

async function duel(
  { architecture, build, batch, layouts }: Duel,
  engine: SelectedEngine,
  settings: EngineSettings,
  onProgress: OnProgress,
): Promise<DuelReport> {
  const { rounds, warmup, stepsPerRound, pause, attempts, tolerance, python } = settings;
  const title = `${architecture}, ${batch} images`;
  onProgress(`${title}: opening`);
  const files = await SharedFiles.create();
  const contenders: Contender[] = [];
  try {
    const exercise = { build, batches: drawBatches(batch), files };
    const threads = settings.threads ?? availableParallelism();
    for (const watching of settings.watching) {
      contenders.push(...(await openContenders(exercise, engine, watching, { python, threads, layouts })));
    }
    const subjects = contenders.map((contender) => blocks(contender, stepsPerRound, pause));
    const onRound = (done: number) => onProgress(`${title}: round ${done} of ${warmup + rounds}`);
    const attempt = await quietestAttempt(() => interleave(subjects, { rounds, warmup, onRound }), {
      tolerance: tolerance * cpus().length,
      maxAttempts: attempts,
      load: () => readLoad(contenders.reduce((sum, { cpu }) => sum + (cpu?.() ?? 0), 0)),
    });
    return {
      architecture,
      batch,
      attempts: attempt.attempts,
      foreignCores: attempt.foreignCores,
      noisy: attempt.noisy,
      peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      contenders: contenders.map((one) => contenderReport(one, contenders, attempt.result)),
    };
  } finally {
    for (const contender of contenders) await contender.close();
    await files.remove();
  }
}
