import type { ChunkRecord, TrialChunk } from './trial-chunk.js';
import { runChunk } from './trial-chunk.js';
import type { SimulationPlan } from './simulation-plan.js';
import { SharedProgress } from './shared-progress.js';

export interface WorkerTask {
  readonly plan: SimulationPlan;
  readonly chunk: TrialChunk;
  readonly progress: SharedArrayBuffer;
}

/** What a thread of the pool does with a task. Undefined where it was told to stop. */
export default function runTask({ plan, chunk, progress }: WorkerTask): ChunkRecord | undefined {
  const shared = new SharedProgress(progress);
  const work = runChunk(plan, chunk);
  for (;;) {
    if (shared.isStopped) return undefined;
    const { done, value } = work.next();
    if (done) return value;
    shared.add(value);
  }
}
