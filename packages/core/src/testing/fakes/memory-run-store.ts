import { ReluctantError } from '../../errors.js';
import type { EventOf, EventType, TrainingEvent } from '../../events/training-event.js';
import type { RunManifest } from '../../store/run-manifest.js';
import type { Checkpoint, RunReader, RunStore, RunSummary, RunWriter } from '../../store/run-store.js';

interface MemoryRun {
  readonly manifest: RunManifest;
  events: TrainingEvent[];
  checkpoints: Checkpoint[];
}

/** Runs kept in memory, for tests. Everything is copied on its way in, so that what was recorded can't change afterwards. */
export class MemoryRunStore implements RunStore {
  private readonly runs = new Map<string, MemoryRun>();

  async create(manifest: Parameters<RunStore['create']>[0]): ReturnType<RunStore['create']> {
    const id = `run-${this.runs.size + 1}`;
    const complete: RunManifest = structuredClone({
      ...manifest,
      formatVersion: 1,
      id,
      createdAt: new Date(this.runs.size * 1000).toISOString(),
    });
    this.runs.set(id, { manifest: complete, events: [], checkpoints: [] });
    return { writer: this.writer(id), manifest: structuredClone(complete) };
  }

  async resume(id: string, checkpoint: Checkpoint): Promise<RunWriter> {
    const run = this.run(id);
    run.events = run.events.filter(({ seq }) => seq <= checkpoint.seq);
    run.checkpoints = run.checkpoints.filter(({ step }) => step <= checkpoint.step);
    return this.writer(id);
  }

  async open(id: string): Promise<RunReader> {
    const run = this.run(id);
    const all = <T extends EventType>(type: T) =>
      run.events.filter((event): event is EventOf<T> => event.type === type);
    return {
      summary: this.summary(run),
      async *events<T extends EventType>(...types: readonly T[]) {
        const isOfTypes = (event: TrainingEvent): event is EventOf<T> =>
          types.length === 0 || (types as readonly string[]).includes(event.type);
        yield* structuredClone(run.events.filter(isOfTypes));
      },
      readings: async ({ probe, site } = {}) =>
        all('probe.reading')
          .map(({ reading }) => reading)
          .filter((reading) => (probe ?? reading.probe) === reading.probe && (site ?? reading.site) === reading.site),
      tapSamples: async () => all('tap.sampled').map(({ sample }) => sample),
      latestCheckpoint: async () => structuredClone(run.checkpoints.at(-1)),
    };
  }

  async *list(): AsyncIterable<RunSummary> {
    for (const run of this.runs.values()) yield this.summary(run);
  }

  private run(id: string): MemoryRun {
    const run = this.runs.get(id);
    if (run) return run;
    throw new ReluctantError('RUN_NOT_FOUND', `No run "${id}". Known: ${[...this.runs.keys()].join(', ') || 'none'}.`);
  }

  private summary({ manifest, events }: MemoryRun): RunSummary {
    const last = events.findLast(({ type }) => type === 'run.finished' || type === 'run.resumed');
    const { id, name, createdAt } = manifest;
    return {
      id,
      path: `memory:${id}`,
      name,
      createdAt,
      status: last?.type === 'run.finished' ? last.status : 'running',
      manifest: structuredClone(manifest),
    };
  }

  private writer(id: string): RunWriter {
    const run = this.run(id);
    return {
      id,
      path: `memory:${id}`,
      consume(event) {
        run.events.push(structuredClone(event));
      },
      async saveCheckpoint(checkpoint) {
        run.checkpoints = [...run.checkpoints, structuredClone(checkpoint)].slice(-2);
        return `checkpoint-${checkpoint.step}`;
      },
      async close() {},
    };
  }
}
