import { readdir, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { ReluctantError, type Checkpoint, type LogEntry } from '@reluctant/core';
import { TEMPORARY_SUFFIX, writeFileAtomic } from './atomic-file.js';
import { removeLaterCheckpoints } from './checkpoint-folder.js';
import { encodeJson } from './event-codec.js';
import { logSize, readEventLog } from './event-log.js';
import { listParts, type ParquetPart } from './parquet-parts.js';
import { openPayloadSource } from './payload-source.js';
import { isBulky, payloadOf, type BulkyEvent } from './payload.js';
import type { RunFolder } from './run-folder.js';
import { errnoOf, storeFailure } from './store-failure.js';

/**
 * Drops what was recorded after `checkpoint` and what a killed process left behind. Killed itself at any point, it can be
 * repeated. Returns the events that remain in the log but in no part of a table; their values are in the spool. Throws
 * `RUN_CORRUPT` where the log doesn't reach as far as the checkpoint.
 */
export async function rewindRun(folder: RunFolder, checkpoint: Checkpoint): Promise<BulkyEvent[]> {
  try {
    const tables = { 'tap.sampled': await listParts(folder.taps), 'probe.reading': await listParts(folder.readings) };
    const isKept = ({ last }: ParquetPart) => last <= checkpoint.seq;
    const partedUpTo = (type: BulkyEvent['type']) =>
      Math.max(0, ...tables[type].filter(isKept).map(({ last }) => last));

    const size = await logSize(folder.events);
    const source = await openPayloadSource(folder);
    const unpartedEntries: LogEntry[] = [];
    let lastSeq = 0;
    let keptBytes = 0;
    for await (const { entry, end } of readEventLog(folder.events, size)) {
      if (entry.seq > checkpoint.seq) break;
      lastSeq = entry.seq;
      keptBytes = end;
      if ((entry.type !== 'tap.sampled' && entry.type !== 'probe.reading') || entry.seq <= partedUpTo(entry.type))
        continue;
      unpartedEntries.push(entry);
    }
    if (lastSeq < checkpoint.seq) {
      const problem = `The event log of ${folder.path} ends at event ${lastSeq}, but the checkpoint was taken after event ${checkpoint.seq}`;
      throw new ReluctantError('RUN_CORRUPT', `${problem}. It belongs to another run, or the log was damaged.`);
    }

    const unparted = (await source.complete(unpartedEntries)).filter(isBulky);

    // In this order a reader never finds a checkpoint beyond the log, nor an event without its values.
    await removeLaterCheckpoints(folder.checkpoints, checkpoint);
    if (keptBytes < size) await truncate(folder.events, keptBytes);
    const spooled = unparted.map(
      (event) => `${encodeJson({ seq: event.seq, values: Array.from(payloadOf(event)) })}\n`,
    );
    await writeFileAtomic(folder.spool, [Buffer.from(spooled.join(''))]);
    for (const part of Object.values(tables).flat()) if (!isKept(part)) await rm(part.path);
    for (const place of [folder.path, folder.taps, folder.readings, folder.checkpoints])
      await removeTemporaryFiles(place);
    return unparted;
  } catch (error) {
    throw storeFailure(error, 'go back to a checkpoint', folder.path);
  }
}

async function removeTemporaryFiles(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) if (name.endsWith(TEMPORARY_SUFFIX)) await rm(join(folder, name));
}
