import { setTimeout as sleep } from 'node:timers/promises';
import type { RunStore } from '@reluctant/core';
import { summarize } from '../stats.js';
import type { LiveReport } from './live-report.js';
import type { LiveSettings } from './live-settings.js';
import type { ServedFolder } from './served-folder.js';

/** Time in which a server tells of a step however busy the machine is: beyond it something is wrong, not slow. */
const MILLISECONDS_TO_TELL = 30_000;

/**
 * Records training steps at a steady rate while a client follows them, and tells how late it learns of them and what the server's
 * processor does meanwhile. Both count from when the server has found the run, and until it has told of the last step.
 *
 * @throws Error where the server refuses the client, ends its answer, or does not tell of a step at all
 */
export async function watchGrowingRun(
  store: RunStore,
  server: Pick<ServedFolder, 'url' | 'cpuSeconds'>,
  { rate, seconds, steps }: LiveSettings,
): Promise<LiveReport['watched']> {
  const { writer, manifest } = await store.create({
    name: 'growing',
    config: { training: { epochs: 10 } },
    seed: 0,
    versions: {},
    machine: { platform: '', cpu: '', cores: 1 },
  });
  const recordedAt: number[] = [];
  let delays: number[] = [];
  let told = 0;
  const abort = new AbortController();
  let failure: unknown;
  const following = follow(`${server.url}api/events?runs=${encodeURIComponent(manifest.id)}`, abort.signal, (step) => {
    delays.push(performance.now() - recordedAt[step]);
    told = step;
  }).catch((error: unknown) => (failure = error));

  const common = { learningRate: 0.1, seconds: 1 / rate, correct: 1, size: 1 };
  let step = 0;
  const recordWhile = async (going: (milliseconds: number) => boolean) => {
    const from = performance.now();
    for (let recorded = 1; failure === undefined && going(performance.now() - from); recorded++) {
      step++;
      const time = new Date().toISOString();
      recordedAt[step] = performance.now();
      const epoch = step / steps;
      await writer.consume({ seq: step, time, type: 'step.completed', step, epoch, loss: 1 / step, ...common });
      await sleep(Math.max(0, from + (recorded * 1000) / rate - performance.now()));
    }
  };
  const requireToldOf = (wanted: number) => {
    if (failure !== undefined) throw failure;
    if (told < wanted) throw new Error(`The server told of no step after ${told} of ${step}`);
  };
  try {
    await recordWhile((milliseconds) => told === 0 && milliseconds < MILLISECONDS_TO_TELL);
    requireToldOf(1);
    delays = [];
    const from = performance.now();
    const cpuFrom = server.cpuSeconds();
    await recordWhile((milliseconds) => milliseconds < seconds * 1000);
    const last = performance.now();
    while (failure === undefined && told < step && performance.now() - last < MILLISECONDS_TO_TELL) await sleep(5);
    const cpu = server.cpuSeconds();
    const watched = (performance.now() - from) / 1000;
    requireToldOf(step);
    return {
      events: delays.length,
      delay: summarize(delays),
      ...(cpu !== undefined && cpuFrom !== undefined && { cores: (cpu - cpuFrom) / watched }),
    };
  } finally {
    abort.abort();
    await following;
    await writer.close();
  }
}

/** Calls `onStep` with the step of each event that tells one, until `signal` ends it. */
async function follow(url: string, signal: AbortSignal, onStep: (step: number) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    for await (const chunk of response.body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const lines = text.split('\n');
      text = lines.pop()!;
      for (const line of lines) {
        const step = /^data: \{"type":"steps".*"step":(\d+)/.exec(line)?.[1];
        if (step !== undefined) onStep(Number(step));
      }
    }
    throw new Error(`${url}: the server ended its answer`);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
