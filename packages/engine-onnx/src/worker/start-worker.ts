import { Worker } from 'node:worker_threads';
import type { SessionSpec, ThreadData } from './messages.js';
import { parcelOwnState } from './transfer.js';
import { createWorkGuard, endWork } from './work-guard.js';

/**
 * What a thread begins with. Node can't load TypeScript, so that tests, which run these sources and not a build of them, begin
 * with a script that makes it able to. It is no part of the package.
 */
const ENTRY = import.meta.url.endsWith('.ts') ? '../testing/typescript-worker.mjs' : './main.js';

/** Starts the thread of one session. The arrays of `spec.initial` are moved there, and empty from then on. */
export function startWorker(spec: SessionSpec): Worker {
  const guard = createWorkGuard();
  const worker = new Worker(new URL(ENTRY, import.meta.url), {
    name: 'onnx engine',
    // Nothing here needs the flags that the process was started with, and some, as --input-type, keep a thread from starting.
    execArgv: [],
    workerData: { ...spec, guard } satisfies ThreadData,
    transferList: parcelOwnState(spec.initial).buffers,
  });
  const onExit = () => endWork(guard);
  process.on('exit', onExit);
  worker.on('exit', () => process.off('exit', onExit));
  return worker;
}
