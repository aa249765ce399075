import { setTimeout as sleep } from 'node:timers/promises';
import type { RunStore } from '@reluctant/core';
import { summarize, type Summary } from '../stats.js';
import type { LiveSettings } from './live-settings.js';

/** Records training steps at a steady rate while a client follows them, and tells how late it learns of them. */
export async function watchGrowingRun(
  store: RunStore,
  url: string,
  { rate, seconds, steps }: LiveSettings,
): Promise<{ readonly events: number; readonly delay: Summary }> {
  const { writer, manifest } = await store.create({
    name: 'growing',
    config: { training: { epochs: 10 } },
    seed: 0,
    versions: {},
    machine: { platform: '', cpu: '', cores: 1 },
  });
  const abort = new AbortController();
  const recordedAt: number[] = [];
  const delays: number[] = [];
  const following = follow(`${url}api/events?runs=${encodeURIComponent(manifest.id)}`, abort.signal, (step) => {
    delays.push(performance.now() - recordedAt[step]);
  });
  let seq = 0;
  const common = { learningRate: 0.1, seconds: 1 / rate, correct: 1, size: 1 };
  const from = performance.now();
  for (let step = 1; performance.now() - from < seconds * 1000; step++) {
    const time = new Date().toISOString();
    recordedAt[step] = performance.now();
    await writer.consume({
      seq: ++seq,
      time,
      type: 'step.completed',
      step,
      epoch: step / steps,
      loss: 1 / step,
      ...common,
    });
    await sleep(Math.max(0, from + (step * 1000) / rate - performance.now()));
  }
  abort.abort();
  await following;
  await writer.close();
  return { events: delays.length, delay: summarize(delays) };
}

/** Calls `onStep` with the step of each event that tells one. */
async function follow(url: string, signal: AbortSignal, onStep: (step: number) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of (await fetch(url, { signal })).body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const lines = text.split('\n');
      text = lines.pop()!;
      for (const line of lines) {
        const step = /^data: \{"type":"steps".*"step":(\d+)/.exec(line)?.[1];
        if (step !== undefined) onStep(Number(step));
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
