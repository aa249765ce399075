import { availableParallelism } from 'node:os';
import type { SelectedEngine } from '@reluctant/core';
import { describeMachine } from '../machine.js';
import type { OnProgress } from '../on-progress.js';
import { SharedFiles } from '../pytorch/shared-files.js';
import { architectureBuilder, type ArchitectureBuilder } from '../step/architecture-builder.js';
import { drawBatches } from '../step/draw-batches.js';
import type { Contender } from './contender.js';
import type { DuelReport, EngineReport } from './engine-report.js';
import type { EngineSettings, MemoryLayout } from './engine-settings.js';
import { findSides } from './find-sides.js';
import { openContenders } from './open-contenders.js';
import { timeContenders } from './time-contenders.js';

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
  const title = `${architecture}, ${batch} images`;
  onProgress(`${title}: opening`);
  const files = await SharedFiles.create();
  const contenders: Contender[] = [];
  try {
    const exercise = { build, batches: drawBatches(batch), files };
    const { python, threads = availableParallelism() } = settings;
    for (const watching of settings.watching) {
      contenders.push(...(await openContenders(exercise, engine, watching, { python, threads, layouts })));
    }
    const measured = await timeContenders(title, contenders, settings, onProgress);
    return { architecture, batch, ...measured, peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024) };
  } finally {
    for (const contender of contenders) await contender.close();
    await files.remove();
  }
}
