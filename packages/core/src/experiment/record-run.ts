import { ReluctantError } from '../errors.js';
import { createEventBus, type EventBus } from '../events/event-bus.js';
import type { LoadContext } from '../dataset/dataset.js';
import type { RunStatus } from '../events/training-event.js';
import type { RunManifest } from '../store/run-manifest.js';
import type { Checkpoint, RunWriter } from '../store/run-store.js';

export interface RunOptions {
  /** Aborting it finishes the step under way, saves a checkpoint and ends the run as `interrupted`. */
  readonly signal?: AbortSignal;
  /** Long work before the run exists, such as a download. */
  readonly onPreparation?: LoadContext['onProgress'];
  /** A run that is repeated: where the data is not what it was then, `CONFIG_INVALID` is thrown before anything is recorded. */
  readonly repeated?: RunManifest;
  /** Called once the run exists and before its first event, so that observers miss none. */
  readonly onStart?: (bus: EventBus, manifest: RunManifest, path: string) => void;
}

export interface RunOutcome {
  readonly id: string;
  readonly path: string;
  readonly status: Extract<RunStatus, 'completed' | 'interrupted'>;
}

/** A run that exists in the store, new or taken up again. */
export interface OpenRun {
  readonly writer: RunWriter;
  readonly manifest: RunManifest;
  /** Where it goes on from. */
  readonly checkpoint?: Checkpoint;
}

/**
 * Records what `body` publishes, from `run.started` to `run.finished`. Where the body fails, the record says how, and the
 * failure is thrown on.
 */
export async function recordRun(
  { writer, manifest, checkpoint }: OpenRun,
  options: RunOptions,
  body: (bus: EventBus) => Promise<RunOutcome['status']>,
): Promise<RunOutcome> {
  const bus = createEventBus({ startSeq: checkpoint?.seq });
  let step = checkpoint?.step ?? 0;
  bus.of('step.completed').subscribe((event) => (step = event.step));
  bus.attach((event) => (event.type === 'progress' ? undefined : writer.consume(event)));
  try {
    options.onStart?.(bus, manifest, writer.path);
    if (!checkpoint) bus.publish({ type: 'run.started', manifest });
    const status = await body(bus);
    bus.publish({ type: 'run.finished', status, step });
    await bus.barrier();
    await writer.close();
    return { id: manifest.id, path: writer.path, status };
  } catch (error) {
    const failure = ReluctantError.from(error, 'INTERNAL', `Run ${manifest.id} failed`);
    const status = failure.code === 'RUN_DIVERGED' ? 'diverged' : 'failed';
    bus.publish({ type: 'run.finished', status, step, message: failure.message, code: failure.code });
    // What failed first is what is told: a store that could not write then can't record this either.
    await Promise.allSettled([
      bus.barrier().then(
        () => writer.close(),
        () => writer.close(),
      ),
    ]);
    throw failure;
  } finally {
    bus.complete();
  }
}
