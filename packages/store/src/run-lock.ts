import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { ReluctantError } from '@reluctant/core';
import { z } from 'zod';
import { errnoOf, storeFailure } from './store-failure.js';

const ownerSchema = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  /** When the process started, as the system counts it: tells it from a later one with the same number. */
  started: z.string().optional(),
  token: z.string(),
});

export interface RunLock {
  release(): void;
}

/**
 * Makes this process the only writer of a run, or of something else. The lock of a process of this machine that is no longer alive is
 * taken over. Throws `STORE_FAILED` naming the owner where another writer, also one in this process, holds it.
 * @param what is written: `The run`
 */
export function acquireRunLock(path: string, what = 'The run'): RunLock {
  const content = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    started: startOf(process.pid),
    token: randomBytes(8).toString('hex'),
  });
  if (!tryCreate(path, content)) {
    removeIfStale(path, what);
    if (!tryCreate(path, content)) throw heldBy(what, 'another process', path);
  }
  return {
    release() {
      if (readOrUndefined(path) === content) rmSync(path, { force: true });
    },
  };
}

/**
 * Whether a writer holds the lock at `path`: one whose process has ended does not, one that can't be asked, as it is on another
 * machine, does.
 */
export function isRunLocked(path: string): boolean {
  const content = readOrUndefined(path);
  if (content === undefined) return false;
  const owner = parseOwner(content);
  return !owner || owner.host !== hostname() || isAlive(owner);
}

function tryCreate(path: string, content: string): boolean {
  try {
    const file = openSync(path, 'wx');
    try {
      writeSync(file, content);
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw storeFailure(error, 'lock the run', path);
  }
}

/** Throws `STORE_FAILED` where the owner lives, or may live. */
function removeIfStale(path: string, what: string): void {
  const content = readOrUndefined(path);
  if (content === undefined) return;
  const owner = parseOwner(content);
  if (!owner) throw heldBy(what, 'an unknown process', path);
  if (owner.host !== hostname()) throw heldBy(what, `process ${owner.pid} on ${owner.host}`, path);
  if (isAlive(owner)) throw heldBy(what, `process ${owner.pid}`, path);

  // Moved, then looked at again: two processes that find the same stale lock must not remove each other's fresh one.
  const moved = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    renameSync(path, moved);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw storeFailure(error, 'take over the stale lock', path);
  }
  if (readOrUndefined(moved) === content) rmSync(moved, { force: true });
  else renameSync(moved, path);
}

function isAlive({ pid, started }: z.infer<typeof ownerSchema>): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to another user.
    return errnoOf(error) !== 'ESRCH';
  }
  const now = startOf(pid);
  return started === undefined || now === undefined || now === started;
}

/** Start time of a process in clock ticks since boot (field 22 of /proc/PID/stat), undefined where there is no such file. */
function startOf(pid: number): string | undefined {
  const stat = readOrUndefined(`/proc/${pid}/stat`);
  // The second field is the command in parentheses, which may hold spaces and parentheses itself.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function parseOwner(content: string): z.infer<typeof ownerSchema> | undefined {
  try {
    return ownerSchema.parse(JSON.parse(content));
  } catch {
    return undefined;
  }
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function heldBy(what: string, owner: string, path: string): ReluctantError {
  const remedy = `Wait until it has ended; if none is writing there any more, delete ${path}`;
  return new ReluctantError('STORE_FAILED', `${what} is being written by ${owner}. ${remedy}.`);
}
