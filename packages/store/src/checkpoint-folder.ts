import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ReluctantError, type Checkpoint, type NamedArrays } from '@reluctant/core';
import { z } from 'zod';
import { writeFileAtomic } from './atomic-file.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';
import { errnoOf, storeFailure } from './store-failure.js';

const KEPT = 2;
const FORMAT = 'reluctant-checkpoint-1';
const STATE = 'state/';
const LOOP = 'loop/';

const count = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int());
const positionSchema = z.object({
  format: z.literal(FORMAT),
  step: count,
  epoch: count,
  stepInEpoch: count,
  seq: count,
});

/** Saves atomically as `step-<step>.safetensors`, then removes all but the newest two. Throws `STORE_FAILED`. */
export async function saveCheckpoint(folder: string, checkpoint: Checkpoint): Promise<string> {
  const name = `step-${String(checkpoint.step).padStart(8, '0')}.safetensors`;
  const path = join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    await writeFileAtomic(path, encodeCheckpoint(checkpoint));
    for (const old of (await listCheckpoints(folder)).slice(KEPT)) await rm(old.path);
  } catch (error) {
    throw storeFailure(error, 'save a checkpoint', path);
  }
  return name;
}

/**
 * The newest checkpoint that can be read, undefined where none was saved. Throws `RUN_CORRUPT` where there are files but none
 * of them is whole.
 *
 * @param onSkipped told why a newer one was left out
 */
export async function latestCheckpoint(
  folder: string,
  onSkipped: (message: string) => void,
): Promise<Checkpoint | undefined> {
  const problems: string[] = [];
  for (const { path } of await listCheckpoints(folder)) {
    try {
      const checkpoint = await readCheckpoint(path);
      for (const problem of problems) onSkipped(`${problem} The older ${basename(path)} is used.`);
      return checkpoint;
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  if (problems.length === 0) return undefined;
  throw new ReluctantError('RUN_CORRUPT', `No checkpoint of the run can be read. ${problems.join(' ')}`);
}

/** Removes the checkpoints of a run that were saved after `checkpoint`. */
export async function removeLaterCheckpoints(folder: string, checkpoint: Checkpoint): Promise<void> {
  for (const { path, step } of await listCheckpoints(folder)) {
    if (step > checkpoint.step || (step === checkpoint.step && !(await isNoLaterThan(path, checkpoint.seq))))
      await rm(path);
  }
}

async function isNoLaterThan(path: string, seq: number): Promise<boolean> {
  try {
    return (await readCheckpoint(path)).seq <= seq;
  } catch (error) {
    // One that can't be read is no use to anybody.
    if (ReluctantError.is(error) && error.code === 'RUN_CORRUPT') return false;
    throw error;
  }
}

/** Newest first. */
async function listCheckpoints(folder: string): Promise<{ path: string; step: number }[]> {
  try {
    return (await readdir(folder))
      .map((name) => ({ path: join(folder, name), step: Number(/^step-(\d+)\.safetensors$/.exec(name)?.[1]) }))
      .filter(({ step }) => !Number.isNaN(step))
      .sort((a, b) => b.step - a.step);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw storeFailure(error, 'list the checkpoints', folder);
  }
}

function encodeCheckpoint({ state, loop, step, epoch, stepInEpoch, seq }: Checkpoint): Uint8Array[] {
  const metadata = { format: FORMAT, ...mapValues({ step, epoch, stepInEpoch, seq }, String) };
  return encodeSafetensors({ arrays: { ...prefixed(STATE, state), ...prefixed(LOOP, loop) }, metadata });
}

async function readCheckpoint(path: string): Promise<Checkpoint> {
  try {
    const { arrays, metadata } = decodeSafetensors(await readFile(path));
    const { format: _, ...position } = positionSchema.parse(metadata);
    return { ...position, state: withPrefix(STATE, arrays), loop: withPrefix(LOOP, arrays) };
  } catch (error) {
    if (errnoOf(error) !== undefined && !ReluctantError.is(error)) throw storeFailure(error, 'read a checkpoint', path);
    const problem = error instanceof z.ZodError ? `Bad metadata: ${z.prettifyError(error)}.` : (error as Error).message;
    throw new ReluctantError('RUN_CORRUPT', `${path} can't be read. ${problem}`, { cause: error });
  }
}

function prefixed(prefix: string, arrays: NamedArrays): NamedArrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [prefix + name, array]));
}

function withPrefix(prefix: string, arrays: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(arrays)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, array]) => [name.slice(prefix.length), array]),
  );
}

function mapValues<K extends string, V, R>(record: Readonly<Record<K, V>>, map: (value: V) => R): Record<K, R> {
  return Object.fromEntries(Object.entries<V>(record).map(([key, value]) => [key, map(value)])) as Record<K, R>;
}
