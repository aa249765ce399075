import { open } from 'node:fs/promises';
import type { RunStatus, TrainingEvent } from '@reluctant/core';
import { decodeJson } from './event-codec.js';
import { errnoOf, storeFailure } from './store-failure.js';

const TAIL_BYTES = 1 << 16;

/**
 * How the run whose event log is at `path` ended: the status of its last `run.finished`, or `running` where none comes after
 * the last `run.started` or `run.resumed`. Reads only the end of the log, where an ended run has its last event. Throws
 * `STORE_FAILED` where the log can't be read.
 */
export async function readStatus(path: string): Promise<RunStatus | 'running'> {
  const lines = (await readTail(path)).split('\n').reverse();
  for (const line of lines) {
    if (!/"type":"run\.(started|resumed|finished)"/.test(line)) continue;
    const event = parseOrUndefined(line);
    if (event?.type === 'run.finished') return event.status;
    if (event?.type === 'run.started' || event?.type === 'run.resumed') return 'running';
  }
  return 'running';
}

async function readTail(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
      const { bytesRead } = await file.read(tail, 0, tail.length, size - tail.length);
      return tail.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return '';
    throw storeFailure(error, 'read the event log', path);
  }
}

/** Undefined for the half lines at both ends of a tail. */
function parseOrUndefined(line: string): TrainingEvent | undefined {
  try {
    return decodeJson(line) as TrainingEvent;
  } catch {
    return undefined;
  }
}
