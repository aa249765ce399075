import { EXIT_CODES, ReluctantError } from '@reluctant/core';
import { Command, CommanderError } from 'commander';
import type { z } from 'zod';
import { formatAgreementReport } from './agreement/format-agreement-report.js';
import { runAgreement } from './agreement/run-agreement.js';
import { engineSettingsSchema } from './engine/engine-settings.js';
import { formatEngineReport } from './engine/format-engine-report.js';
import { runEngineBench } from './engine/run-engine-bench.js';
import { formatLiveReport } from './live/format-live-report.js';
import { liveSettingsSchema } from './live/live-settings.js';
import { runLiveBench } from './live/run-live-bench.js';
import type { OnProgress } from './on-progress.js';
import { formatPeersReport } from './peers/format-peers-report.js';
import { peersSettingsSchema } from './peers/peers-settings.js';
import { runPeersBench } from './peers/run-peers-bench.js';
import { formatReportBench } from './report/format-report-bench.js';
import { reportSettingsSchema } from './report/report-settings.js';
import { runReportBench } from './report/run-report-bench.js';
import { formatSingleUnitReport } from './single-unit/format-single-unit-report.js';
import { runSingleUnitBench } from './single-unit/run-single-unit-bench.js';
import { singleUnitSettingsSchema } from './single-unit/single-unit-settings.js';
import { formatSoakReport } from './soak/format-soak-report.js';
import { runSoak } from './soak/run-soak.js';
import { soakSettingsSchema } from './soak/soak-settings.js';
import { untilInterrupted } from './soak/until-interrupted.js';
import { formatStepReport } from './step/format-step-report.js';
import { runStepBench } from './step/run-step-bench.js';
import { stepSettingsSchema } from './step/step-settings.js';
import { formatStoreReport } from './store/format-store-report.js';
import { runStoreBench } from './store/run-store-bench.js';
import { storeSettingsSchema } from './store/store-settings.js';

/** Where a program writes. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** @returns the exit status */
export async function main(args: readonly string[], { out, error }: Streams): Promise<number> {
  try {
    await program({ out, error }).parseAsync([...args], { from: 'user' });
    return 0;
  } catch (failure) {
    // Commander has said what was wrong itself.
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? 0 : EXIT_CODES.USAGE;
    if (!ReluctantError.is(failure)) throw failure;
    error(`${failure.message}\n`);
    return failure.exitCode;
  }
}

function program({ out, error }: Streams): Command {
  const bench = new Command('bench')
    .description('Measures speed on this machine. Close what else runs on it first.')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: error });
  addBenchmark(bench, 'step', stepSettingsSchema, { out, error }, async (settings, onProgress) => {
    const report = await runStepBench(settings, onProgress);
    return { report, table: () => formatStepReport(report) };
  }).description(
    'Times training steps unwatched, watched as usual (activation-probability, dead-units), and by all probes',
  );
  addBenchmark(bench, 'engine', engineSettingsSchema, { out, error }, async (settings, onProgress) => {
    if (settings.agreement !== undefined) {
      const report = await runAgreement(settings, settings.agreement, onProgress);
      return { report, table: () => formatAgreementReport(report) };
    }
    const report = await runEngineBench(settings, onProgress);
    return { report, table: () => formatEngineReport(report) };
  }).description('Times training steps of the onnx engine against PyTorch, interleaved, or compares what they compute');
  addBenchmark(bench, 'peers', peersSettingsSchema, { out, error }, async (settings, onProgress) => {
    const report = await runPeersBench(settings, onProgress);
    return { report, table: () => formatPeersReport(report) };
  }).description(
    'Trains with and without all probes, here and in PyTorch with hooks: time, memory of each, and the Pr[y>0] both find',
  );
  addBenchmark(bench, 'single-unit', singleUnitSettingsSchema, { out, error }, async (settings, onProgress) => {
    const report = await runSingleUnitBench(settings, onProgress);
    return { report, table: () => formatSingleUnitReport(report) };
  }).description('Times the single-unit simulation against NumPy, interleaved, and compares what becomes of the units');
  addBenchmark(bench, 'store', storeSettingsSchema, { out, error }, async (settings, onProgress) => {
    const report = await runStoreBench(settings, onProgress);
    return { report, table: () => formatStoreReport(report) };
  }).description('Records a run of random numbers and times ways to read it while it is being written');
  addBenchmark(bench, 'live', liveSettingsSchema, { out, error }, async (settings, onProgress) => {
    const report = await runLiveBench(settings, onProgress);
    return { report, table: () => formatLiveReport(report) };
  }).description('Serves a folder of large runs to a page: how soon it answers, what it holds, what it costs');
  addBenchmark(bench, 'report', reportSettingsSchema, { out, error }, async (settings, onProgress) => {
    const report = await runReportBench(settings, onProgress);
    return { report, table: () => formatReportBench(report) };
  }).description('Records a run of random numbers and makes its report: time, memory and size');
  addBenchmark(bench, 'soak', soakSettingsSchema, { out, error }, async (settings, onProgress) => {
    const report = await untilInterrupted(onProgress, (signal) => runSoak(settings, onProgress, signal));
    return { report, table: () => formatSoakReport(report), interrupted: report.partial };
  }).description(
    'Trains for many steps with the onnx engine: memory, event loop, waiting for input and step times. Ctrl-C: a partial report',
  );
  return bench;
}

interface Outcome {
  readonly report: object;
  /** The report for people. */
  readonly table: () => string;
  /** Whether the report is partial because somebody did not want to wait. */
  readonly interrupted?: boolean;
}

/** A command whose options are the settings of the schema. */
function addBenchmark<S extends z.ZodObject>(
  bench: Command,
  name: string,
  schema: S,
  { out, error }: Streams,
  run: (settings: z.infer<S>, onProgress: OnProgress) => Promise<Outcome>,
): Command {
  const command = bench.command(name).option('--json', 'print JSON and no table');
  for (const [setting, option] of Object.entries<z.ZodType>(schema.shape)) {
    const fallback = option.safeParse(undefined).data;
    const flag = fallback === false ? optionName(setting) : `${optionName(setting)} <value>`;
    command.option(flag, describeOption(option.description ?? '', fallback));
  }
  return command.action(async ({ json, ...given }: Record<string, unknown>) => {
    const settings = schema.safeParse(given);
    if (!settings.success) {
      const [{ path, message }] = settings.error.issues;
      const option = optionName(String(path[0]));
      throw new ReluctantError('USAGE', `${option}: ${message}. See \`npm run bench -- ${name} --help\`.`);
    }
    const { report, table, interrupted } = await run(settings.data, (message) => error(`${message}\n`));
    out(`${json ? JSON.stringify(report, undefined, 2) : table()}\n`);
    if (interrupted) throw new ReluctantError('INTERRUPTED', 'Interrupted: the report is partial.');
  });
}

/** `stepsPerRound` → `--steps-per-round` */
export function optionName(setting: string): string {
  return `--${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function describeOption(description: string, fallback: unknown): string {
  return fallback === undefined || fallback === false ? description : `${description} (default: ${String(fallback)})`;
}
