import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRunStore } from '@reluctant/store';
import { describeMachine } from '../machine.js';
import type { OnProgress } from '../on-progress.js';
import { summarize } from '../stats.js';
import { siteName } from '../store/record-run.js';
import type { LiveReport } from './live-report.js';
import type { LiveSettings } from './live-settings.js';
import { recordRuns } from './record-runs.js';
import { ServedFolder } from './served-folder.js';
import { watchGrowingRun } from './watch-growing-run.js';

/** Answers about a run by what comes behind its id. */
const ANSWERS: Readonly<Record<string, (round: number, settings: LiveSettings) => string>> = {
  detail: () => '',
  training: () => '/training',
  layers: () => '/layers',
  depth: () => '/depth',
  transitions: () => '/transitions',
  'heat map': (round, { sites }) => `/heat-map?site=${encodeURIComponent(siteName(round % sites))}`,
  unit: (round, { sites }) => `/unit?site=${encodeURIComponent(siteName(round % sites))}&unit=0`,
};

/** Serves a folder of large runs by the command itself, in a process of its own, and times what a page would ask. */
export async function runLiveBench(settings: LiveSettings, onProgress: OnProgress): Promise<LiveReport> {
  const machine = describeMachine();
  const root = await mkdtemp(join(tmpdir(), 'reluctant-bench-'));
  try {
    const ids = await recordRuns(root, settings.runs, settings, (done) =>
      onProgress(`live: recorded ${done} of ${settings.epochs} epochs`),
    );
    const before = performance.now();
    const server = await ServedFolder.start(root);
    try {
      const started = performance.now();
      await untilListed(server.url);
      const listed = performance.now();
      const atList = server.mebibytes();
      const answers = [{ name: 'list', ...(await timeAnswer(() => `${server.url}api/runs`, settings.rounds)) }];
      for (const [name, path] of Object.entries(ANSWERS)) {
        onProgress(`live: asking for ${name}`);
        const url = (round: number) => `${server.url}api/runs/${ids[round % ids.length]}${path(round, settings)}`;
        answers.push({ name, ...(await timeAnswer(url, settings.rounds)) });
      }
      const answered = server.mebibytes();
      onProgress(`live: watching a run for ${settings.seconds} s`);
      const watched = await watchGrowingRun(createRunStore({ root }), server, settings);
      const atEnd = server.mebibytes();
      return {
        benchmark: 'live',
        time: new Date().toISOString(),
        machine,
        settings,
        start: started - before,
        listed: listed - started,
        answers,
        ...(atList && answered && atEnd && { mebibytes: { listed: atList.now, answered: answered.now, watched: atEnd.now, most: atEnd.most } }), // prettier-ignore
        watched,
      };
    } finally {
      await server.stop();
    }
  } finally {
    await rm(root, { recursive: true });
  }
}

async function untilListed(url: string): Promise<void> {
  for (;;) {
    const { runs } = (await (await fetch(`${url}api/runs`)).json()) as { runs: { meanPr: number | null }[] };
    if (runs.every(({ meanPr }) => meanPr !== null)) return;
    await sleep(50);
  }
}

/** Asks `rounds` addresses, each for the first time, and then each again with what the first answer was known by. */
async function timeAnswer(url: (round: number) => string, rounds: number) {
  const first: number[] = [];
  const again: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const one = await timed(url(round));
    const etag = one.etag;
    first.push(one.milliseconds);
    again.push((await timed(url(round), etag === null ? {} : { 'If-None-Match': etag })).milliseconds);
    bytes = Math.max(bytes, one.bytes);
  }
  return { first: summarize(first), again: summarize(again), kibibytes: bytes / 1024 };
}

async function timed(url: string, headers: Record<string, string> = {}) {
  const from = performance.now();
  const response = await fetch(url, { headers });
  const { byteLength } = await response.arrayBuffer();
  if (response.status >= 400) throw new Error(`${url}: ${response.status}`);
  return { milliseconds: performance.now() - from, bytes: byteLength, etag: response.headers.get('etag') };
}
