import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { ChunkRecord } from './trial-chunk.js';
import type { WorkerTask } from './worker.js';

/**
 * What a thread begins with. Node can't load TypeScript, so that tests, which run these sources and not a build of them, begin
 * with a script that makes it able to. It is no part of the package.
 */
const ENTRY = import.meta.url.endsWith('.ts') ? '../testing/simulation-worker.mjs' : './worker.js';

/** Threads that simulate. They start with the first work, and stay until closed: what they have compiled stays with them. */
export class SimulationWorkers {
  private pool: Piscina<WorkerTask, ChunkRecord | undefined> | undefined;

  constructor(private readonly threads = availableParallelism()) {}

  run(task: WorkerTask): Promise<ChunkRecord | undefined> {
    this.pool ??= new Piscina({
      filename: new URL(ENTRY, import.meta.url).href,
      minThreads: this.threads,
      maxThreads: this.threads,
      // Nothing here needs the flags that the process was started with, and some, as --input-type, keep a thread from starting.
      execArgv: [],
      recordTiming: false,
    });
    return this.pool.run(task);
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
    this.pool = undefined;
  }
}
