import { setTimeout as wait } from 'node:timers/promises';
import { ReluctantError } from '../../errors.js';
import type { EventOf, EventType, TrainingEvent } from '../../events/training-event.js';
import type { RunManifest } from '../../store/run-manifest.js';
import { toLogEntry } from '../../store/log-entry.js';
import type {
  Checkpoint,
  FollowOptions,
  LogBatch,
  RunReader,
  RunStore,
  RunSummary,
  RunWriter,
} from '../../store/run-store.js';

interface MemoryRun {
  readonly manifest: RunManifest;
  events: TrainingEvent[];
  checkpoints: Checkpoint[];
  writers: number;
  /** Times that events were dropped. */
  rewinds: number;
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
    this.runs.set(id, { manifest: complete, events: [], checkpoints: [], writers: 0, rewinds: 0 });
    return { writer: this.writer(id), manifest: structuredClone(complete) };
  }

  async resume(id: string, checkpoint: Checkpoint): Promise<RunWriter> {
    const run = this.run(id);
    run.events = run.events.filter(({ seq }) => seq <= checkpoint.seq);
    run.rewinds++;
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
      follow: (options = {}) => followMemory(run, options),
      readings: async ({ probe, site, after = 0 } = {}) =>
        all('probe.reading')
          .filter(({ seq }) => seq > after)
          .map(({ reading }) => reading)
          .filter((reading) => (probe ?? reading.probe) === reading.probe && (site ?? reading.site) === reading.site),
      tapSamples: async () => all('tap.sampled').map(({ sample }) => sample),
      latestCheckpoint: async () => structuredClone(run.checkpoints.at(-1)),
    };
  }

  async *list(): AsyncIterable<RunSummary> {
    for (const run of this.runs.values()) yield this.summary(run);
  }

  /** As if somebody deleted it. */
  remove(id: string): void {
    this.runs.delete(id);
  }

  private run(id: string): MemoryRun {
    const run = this.runs.get(id);
    if (run) return run;
    throw new ReluctantError('RUN_NOT_FOUND', `No run "${id}". Known: ${[...this.runs.keys()].join(', ') || 'none'}.`);
  }

  private summary({ manifest, events, writers }: MemoryRun): RunSummary {
    const last = events.findLast(({ type }) => type === 'run.finished' || type === 'run.resumed');
    const { id, name, createdAt } = manifest;
    return {
      id,
      path: `memory:${id}`,
      name,
      createdAt,
      status: last?.type === 'run.finished' ? last.status : 'running',
      alive: writers > 0,
      manifest: structuredClone(manifest),
    };
  }

  private writer(id: string): RunWriter {
    const run = this.run(id);
    run.writers++;
    let open = true;
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
      async close() {
        if (open) run.writers--;
        open = false;
      },
    };
  }
}

async function* followMemory(run: MemoryRun, { types, signal }: FollowOptions): AsyncGenerator<LogBatch> {
  let { rewinds } = run;
  for (let given = -1; !signal?.aborted; await wait(5)) {
    const rewound = run.rewinds > rewinds;
    rewinds = run.rewinds;
    if (run.events.length === given && !rewound) continue;
    const added = structuredClone(run.events.slice(rewound ? 0 : Math.max(0, given)));
    given = run.events.length;
    const entries = added.filter(({ type }) => types?.includes(type) ?? true).map(toLogEntry);
    yield { entries, seq: run.events.at(-1)?.seq ?? 0, rewound, complete: true };
  }
}
