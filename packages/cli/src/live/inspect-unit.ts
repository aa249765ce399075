import { ReluctantError, RunStore, type ErrorCode, type RunReader } from '@reluctant/core';
import type { InspectUnit, UnitImages } from '@reluctant/report';
import type { Container } from 'inversify';
import { requireUnit } from '../recorded/recorded-sites.js';
import { inspectSite, type InspectedSite } from './inspect-site.js';
import { filterPicture } from './picture.js';

/** Sites whose images are remembered, those asked for last. */
const REMEMBERED = 8;

/** What keeps a network from being run again, and is nothing that a person did wrong just now. */
const EXPECTED: ReadonlySet<ErrorCode> = new Set([
  'CONFIG_INVALID',
  'PLUGIN_UNKNOWN',
  'DATASET_NOT_FOUND',
  'DATASET_CORRUPT',
  'DATASET_DOWNLOAD_FAILED',
  'ENGINE_UNAVAILABLE',
  'ENGINE_UNSUPPORTED',
  'RUN_CORRUPT',
]);

/**
 * Shows units of recorded runs by the images that fire them most, at the newest checkpoint. One network is run at a time, over the
 * probe split, for all units of a site together; what it found is remembered.
 *
 * Rejects with `RUN_NOT_FOUND` or `USAGE` (no such site or unit), and with the signal's reason. What else keeps the network from
 * being run, such as data that is not there, is told in the note.
 */
export function createUnitInspector(container: Container): InspectUnit {
  const remembered = new Map<string, InspectedSite>();
  let last: Promise<unknown> = Promise.resolve();

  async function inspected(reader: RunReader, site: string, signal: AbortSignal): Promise<InspectedSite | string> {
    signal.throwIfAborted();
    const checkpoint = await reader.latestCheckpoint();
    if (!checkpoint) return 'No checkpoint of this run has been saved yet, so its weights are not known.';
    const key = JSON.stringify([reader.summary.path, site, checkpoint.step]);
    const known = remembered.get(key) ?? (await inspectSite(reader.summary, checkpoint, site, container, { signal }));
    remembered.delete(key);
    remembered.set(key, known);
    for (const oldest of remembered.keys()) if (remembered.size > REMEMBERED) remembered.delete(oldest);
    return known;
  }

  return async (run, site, unit, signal) => {
    const reader = await container.get(RunStore).open(run);
    requireUnit(reader, site, unit);
    const turn = last.then(() => inspected(reader, site, signal).catch(noteOf));
    last = turn.catch(() => undefined);
    const found = await turn;
    return typeof found === 'string' ? { filter: null, strongest: [], note: found } : unitImages(found, unit);
  };
}

function noteOf(error: unknown): string {
  if (ReluctantError.is(error) && EXPECTED.has(error.code)) return error.message;
  throw error;
}

function unitImages({ kernel, strongest, pictures, images }: InspectedSite, unit: number): UnitImages {
  const shown = strongest.of(unit).flatMap((output) => {
    const picture = pictures.get(output.image);
    return picture ? [{ ...output, picture }] : [];
  });
  return {
    filter: (kernel && filterPicture(kernel, unit)) ?? null,
    strongest: shown,
    note: shown.length > 0 ? null : noteOn(strongest.of(unit).length, images),
  };
}

function noteOn(fired: number, images: number): string {
  if (fired > 0)
    return 'The inputs of this network have neither one channel nor three, and can’t be shown as pictures.';
  return `At the newest checkpoint it fires on none of the ${images} images of the probe split.`;
}
