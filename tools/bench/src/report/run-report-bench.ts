import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeReport, renderCharts, renderPage, type ReportDocument } from '@reluctant/report';
import { createRunStore } from '@reluctant/store';
import { elapsed, processClock, type Instant } from '../clock.js';
import { describeMachine } from '../machine.js';
import type { OnProgress } from '../on-progress.js';
import { folderSize } from '../store/folder-size.js';
import { recordRun } from '../store/record-run.js';
import type { ReportBenchReport } from './report-bench-report.js';
import type { ReportSettings } from './report-settings.js';

/** What is made of a report that has been put together. */
const FORMATS: Readonly<Record<string, (document: ReportDocument) => AsyncIterable<string | Uint8Array>>> = {
  html: async function* (document) {
    yield renderPage(document);
  },
  svg: (document) => contents(document, 'svg'),
  png: (document) => contents(document, 'png'),
  csv: (document) => contents(document, 'csv'),
};

/** Records a run in a temporary folder, then makes its report once, as `reluctant report` does. */
export async function runReportBench(settings: ReportSettings, onProgress: OnProgress): Promise<ReportBenchReport> {
  const root = await mkdtemp(join(tmpdir(), 'reluctant-bench-'));
  try {
    const store = createRunStore({ root });
    const writer = await recordRun(store, settings, (done) =>
      onProgress(`report: recorded ${done} of ${settings.epochs} epochs`),
    );
    await writer.close();
    const recordMebibytes = (await folderSize(writer.path)) / 2 ** 20;
    const memoryBefore = peakMemory();

    onProgress('report: reading and composing');
    const [composing, document] = await timed(async () => composeReport([await store.open(writer.id)]));
    const formats: ReportBenchReport['formats'][number][] = [];
    for (const [name, render] of Object.entries(FORMATS)) {
      onProgress(`report: ${name}`);
      let [files, bytes] = [0, 0];
      const [duration] = await timed(async () => {
        for await (const content of render(document)) {
          files++;
          bytes += Buffer.byteLength(content);
        }
      });
      formats.push({ name, duration, files, mebibytes: bytes / 2 ** 20 });
    }
    return {
      benchmark: 'report',
      time: new Date().toISOString(),
      machine: describeMachine(),
      settings,
      recordMebibytes,
      composing,
      formats,
      memoryBefore,
      memory: peakMemory(),
    };
  } finally {
    await rm(root, { recursive: true });
  }
}

async function* contents(document: ReportDocument, format: 'svg' | 'png' | 'csv') {
  for await (const { content } of renderCharts(document, format)) yield content;
}

async function timed<T>(act: () => Promise<T>): Promise<[Instant, T]> {
  const start = processClock();
  const result = await act();
  return [elapsed(start, processClock()), result];
}

/** MiB. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}
