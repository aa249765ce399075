import { join } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { composePaperReport, findingsOf } from '@reluctant/report';
import { formatPaper } from '../../output/format-paper.js';
import { formatTable } from '../../output/table.js';
import { plainText } from '../../output/plain-text.js';
import { LocalScheduler } from '../../paper/jobs/local-scheduler.js';
import { startJobProcess } from '../../paper/jobs/start-job-process.js';
import type { JobResult } from '../../paper/jobs/job.js';
import { collectResults } from '../../paper/results/collect-results.js';
import { StudyFolder } from '../../paper/study-folder.js';
import { StudyProgress } from '../../paper/study-progress.js';
import { budgetFile, loadStudy, type Budget, type LoadedStudy } from '../../paper/study/load-study.js';
import { planStudy, type StudyPlan } from '../../paper/study/plan-study.js';
import { whileWatched } from '../../run-with-progress.js';
import { writeDocument, DOCUMENT_FORMATS, type DocumentFormat } from '../../write-document.js';
import type { CommandContext } from '../command-context.js';

export const PAPER_FORMATS = DOCUMENT_FORMATS;

export interface PaperOptions {
  readonly budget?: Budget;
  readonly resume: boolean;
  readonly plan: boolean;
  readonly cores: number;
  readonly format: DocumentFormat;
  readonly out?: string;
}

/** `reluctant paper [STUDY]`: does the jobs of a study that are not done yet, and reports what they say of the paper's findings. */
export async function paper(context: CommandContext, file: string | undefined, options: PaperOptions): Promise<void> {
  if (file !== undefined && options.budget !== undefined) {
    throw new ReluctantError('USAGE', 'Give either a study file or --budget.');
  }
  const { container, output, runs } = context;
  const loaded = await loadStudy(file ?? budgetFile(options.budget ?? 'quick'), container);
  const plan = planStudy(loaded, container);
  const folder = new StudyFolder(runs);
  if (options.plan) return tellPlan(context, plan, (await folder.survey(plan.jobs)).ended);

  await folder.locked(() => doJobs(context, loaded, plan, folder, options));
  const command = `reluctant paper ${file ?? `--budget ${options.budget ?? 'quick'}`}`;
  const results = await collectResults(loaded, plan, folder, container, { command, cores: options.cores });
  const findings = findingsOf(results);
  const out = options.out ?? join(folder.path, `${loaded.study.name}.${options.format}`);
  const report = await writeDocument(composePaperReport(results, findings), options.format, out);
  output.printJson({ report, findings, provenance: results.provenance });
  output.print(`${formatPaper(findings)}\nReport: ${report}\nRecords: ${folder.path}`);
}

async function doJobs(
  { output, plugins }: CommandContext,
  loaded: LoadedStudy,
  plan: StudyPlan,
  folder: StudyFolder,
  { cores, resume }: PaperOptions,
): Promise<void> {
  const { ended, begun } = await folder.survey(plan.jobs);
  if (begun && !resume) {
    throw new ReluctantError(
      'USAGE',
      `The study "${loaded.study.name}" was interrupted: ${ended.size} of ${plan.jobs.length} jobs are done. Go on with --resume, or keep a new one apart with --runs.`,
    );
  }
  const open = plan.jobs.filter(({ id }) => !ended.has(id));
  if (open.length === 0) return;
  output.note(
    `Study "${loaded.study.name}": ${plan.jobs.length} jobs on ${cores} cores` +
      (ended.size > 0 ? `, of which ${ended.size} are done.` : '.'),
  );
  const scheduler = new LocalScheduler(cores, async (job, onProgress) =>
    startJobProcess(await folder.order(job, loaded, plugins), onProgress),
  );
  await whileWatched(output, 'Saving what is running.', async ({ signal, display }) => {
    const progress = new StudyProgress(plan.jobs, ended.keys(), cores, display, signal);
    try {
      await scheduler.run(open, progress);
    } catch (error) {
      throw withRemedy(error);
    }
  });
}

/** Says how to go on. */
function withRemedy(error: unknown): unknown {
  if (!ReluctantError.is(error)) return error;
  const message = `${error.message}\nNothing that was done is lost: once that is mended, go on with --resume.`;
  const interrupted = 'The study was interrupted; what was done is saved. Go on with --resume.';
  return new ReluctantError(error.code, error.code === 'INTERRUPTED' ? interrupted : message, { cause: error });
}

function tellPlan({ output }: CommandContext, { jobs }: StudyPlan, ended: ReadonlyMap<string, JobResult>): void {
  const rows = jobs.map(({ id, label, threads }) => ({ id, label, threads, result: ended.get(id) ?? null }));
  output.printJson(rows);
  output.print(
    formatTable(
      ['job', 'what', 'threads', 'result'],
      rows.map(({ id, label, threads, result }) => [id, plainText(label, 80), String(threads), result ?? '–']),
    ),
  );
}
