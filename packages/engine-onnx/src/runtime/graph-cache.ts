import { ReluctantError } from '@reluctant/core';
import type { CompiledGraph } from '../step/compiled-graph.js';
import type { GraphRunner, HostArray, RuntimeTensor } from './runtime.js';

/** A compiled graph that can be run. */
export interface LoadedGraph extends Omit<CompiledGraph, 'model'> {
  /** Runs it; outputs named in `into` are written there, the others are returned, in memory that the next run overwrites. */
  run(
    feeds: Readonly<Record<string, RuntimeTensor>>,
    into: Readonly<Record<string, RuntimeTensor>>,
  ): Promise<Record<string, HostArray>>;
}

/** Training and evaluation, with and without taps, each at a full and a last smaller batch. */
const CAPACITY = 6;

/** Compiles graphs on first use and keeps those used last, since each holds as much memory as its activations need. */
export class GraphCache {
  private readonly graphs = new Map<string, { readonly loaded: LoadedGraph; readonly runner: GraphRunner }>();

  constructor(private readonly load: (model: Uint8Array) => Promise<GraphRunner>) {}

  async get(key: string, compile: () => CompiledGraph): Promise<LoadedGraph> {
    const entry = this.graphs.get(key) ?? (await this.compileAndLoad(compile));
    // Re-inserted last: a Map keeps insertion order, so the first key is the one not used for longest.
    this.graphs.delete(key);
    this.graphs.set(key, entry);
    if (this.graphs.size > CAPACITY) {
      const [oldest, { runner }] = this.graphs.entries().next().value!;
      this.graphs.delete(oldest);
      await runner.release();
    }
    return entry.loaded;
  }

  async release(): Promise<void> {
    const runners = [...this.graphs.values()].map(({ runner }) => runner);
    this.graphs.clear();
    await Promise.all(runners.map((runner) => runner.release()));
  }

  private async compileAndLoad(compile: () => CompiledGraph): Promise<{ loaded: LoadedGraph; runner: GraphRunner }> {
    const { model, ...compiled } = compile();
    const runner = await attempt('ONNX Runtime refused the compiled graph', () => this.load(model));
    const loaded: LoadedGraph = {
      ...compiled,
      run(feeds, into) {
        const fetches: Record<string, RuntimeTensor | null> = {};
        for (const name of runner.outputs) fetches[name] = into[name] ?? null;
        return attempt('ONNX Runtime could not run the compiled graph', () => runner.run(feeds, fetches));
      },
    };
    return { loaded, runner };
  }
}

async function attempt<T>(failure: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw ReluctantError.from(error, 'INTERNAL', failure);
  }
}
