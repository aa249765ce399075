// The process of one job: `node job-process.js FOLDER`. Started by `LocalScheduler`, but any machine that has the job's folder can run it.
import { basename, dirname } from 'node:path';
import { EXIT_CODES, ReluctantError } from '@reluctant/core';
import { readJobOrder } from './job-folder.js';
import { INTERRUPT, type JobMessage } from './job-message.js';
import { performJob } from './perform-job.js';

/** Milliseconds between two messages of progress. */
const INTERVAL = 500;

const folder = process.argv[2]!;
const controller = new AbortController();
const interrupt = () => controller.abort(new ReluctantError('INTERRUPTED', 'Interrupted before anything was kept.'));
process.on('message', (message) => {
  if (message === INTERRUPT) interrupt();
});
process.on('SIGTERM', interrupt);
// Ctrl-C reaches every process of the terminal: what is to be done about it is for the one that started this to say.
process.on('SIGINT', () => {
  if (!process.connected) interrupt();
});
// It was killed. Nobody waits for this job any more, and the study that is taken up again does it itself.
process.on('disconnect', () => process.exit(EXIT_CODES.INTERRUPTED));

let told = 0;
function onProgress(share: number): void {
  if (Date.now() - told < INTERVAL) return;
  told = Date.now();
  tell({ type: 'progress', share });
}

function tell(message: JobMessage): void {
  if (process.connected) process.send!(message);
}

function endWith(code: number, message: JobMessage): void {
  if (process.connected) process.send!(message, () => process.exit(code));
  else process.exit(code);
}

try {
  const order = await readJobOrder(folder);
  const result = await performJob(dirname(folder), order, { signal: controller.signal, onProgress });
  endWith(result === 'interrupted' ? EXIT_CODES.INTERRUPTED : 0, { type: 'ended', result });
} catch (error) {
  const failure = ReluctantError.from(error, 'INTERNAL', `Job ${basename(folder)} failed`);
  if (controller.signal.aborted) endWith(EXIT_CODES.INTERRUPTED, { type: 'ended', result: 'interrupted' });
  else {
    process.stderr.write(`${failure.stack}\n`);
    endWith(failure.exitCode, { type: 'failed', code: failure.code, message: failure.message });
  }
}
