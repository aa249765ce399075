import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReader } from '@reluctant/core';
import { createRunStore } from '@reluctant/store';
import { elapsed, processClock, type Instant } from '../clock.js';
import { interleave } from '../interleave.js';
import { describeMachine } from '../machine.js';
import type { OnProgress } from '../on-progress.js';
import { quietestAttempt } from '../quietest-attempt.js';
import { summarize } from '../stats.js';
import { folderSize } from './folder-size.js';
import { recordRun, siteName } from './record-run.js';
import type { StoreReport } from './store-report.js';
import type { StoreSettings } from './store-settings.js';

/** Ways to read a run. Each resolves to the number of items that it gave. */
const READS: Readonly<Record<string, (reader: RunReader, site: string) => Promise<number>>> = {
  'one probe, one site': async (reader, site) => (await reader.readings({ probe: 'dead-units', site })).length,
  'one site': async (reader, site) => (await reader.readings({ site })).length,
  'one probe': async (reader) => (await reader.readings({ probe: 'dead-units' })).length,
  'all readings': async (reader) => (await reader.readings()).length,
  'training steps': (reader) => count(reader.events('step.completed')),
  'all events': (reader) => count(reader.events()),
};

/** Records a run in a temporary folder and times ways to read it while its last epoch is being written, interleaved. */
export async function runStoreBench(settings: StoreSettings, onProgress: OnProgress): Promise<StoreReport> {
  const machine = describeMachine();
  const root = await mkdtemp(join(tmpdir(), 'reluctant-bench-'));
  try {
    const store = createRunStore({ root });
    const epochs: Instant[] = [];
    let start = processClock();
    const writer = await recordRun(store, settings, (done) => {
      epochs.push(elapsed(start, processClock()));
      onProgress(`store: recorded ${done} of ${settings.epochs} epochs`);
      start = processClock();
    });
    try {
      const { rounds, warmup, tolerance } = settings;
      const items = new Map<string, number>();
      const site = siteName(Math.floor(settings.sites / 2));
      const subjects = Object.entries(READS).map(([name, read]) => ({
        name,
        run: async () => void items.set(name, await read(await store.open(writer.id), site)),
      }));
      const onRound = (done: number) => onProgress(`store: round ${done} of ${warmup + rounds}`);
      const { result: durations, ...load } = await quietestAttempt(
        () => interleave(subjects, { rounds, warmup, onRound }),
        { tolerance, maxAttempts: 1 },
      );
      return {
        benchmark: 'store',
        time: new Date().toISOString(),
        machine,
        settings,
        mebibytes: (await folderSize(writer.path)) / 2 ** 20,
        recording: summaries(epochs),
        ...load,
        subjects: Array.from(durations, ([name, instants]) => ({
          name,
          items: items.get(name)!,
          ...summaries(instants),
          samples: instants.map(({ wall }) => wall),
        })),
      };
    } finally {
      await writer.close();
    }
  } finally {
    await rm(root, { recursive: true });
  }
}

function summaries(instants: readonly Instant[]): StoreReport['recording'] {
  return { wall: summarize(instants.map(({ wall }) => wall)), cpu: summarize(instants.map(({ cpu }) => cpu)) };
}

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let number = 0;
  for await (const _ of items) number++;
  return number;
}

/** Bytes of all files in a folder. */
