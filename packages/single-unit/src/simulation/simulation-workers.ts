import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { ChunkRecord } from './trial-chunk.js';
import type { WorkerTask } from './worker.js';

/**
 * What a thread begins with. Node can't load TypeScript, so that tests, which run these sources and not a build of them, begin
 * with a script that makes it able to. It is no part of the package.
 */
const ENTRY = import.meta.url.endsWith('.ts') ? '../testing/simulation-worker.mjs' : './worker.js';

/** Threads that simulate. They start when there is work, and end when closed. */
export class SimulationWorkers {
  private readonly pool: Piscina<WorkerTask, ChunkRecord | undefined>;

  constructor(threads = availableParallelism()) {
    this.pool = new Piscina({
      filename: new URL(ENTRY, import.meta.url).href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: 5000,
      // Nothing here needs the flags that the process was started with, and some, as --input-type, keep a thread from starting.
      execArgv: [],
      recordTiming: false,
    });
  }

  run(task: WorkerTask): Promise<ChunkRecord | undefined> {
    return this.pool.run(task);
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}
