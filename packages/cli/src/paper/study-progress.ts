import { isSimulation } from '@reluctant/core';
import { formatDuration } from '../output/duration.js';
import type { ProgressDisplay } from '../output/progress-display.js';
import { plainText } from '../output/plain-text.js';
import { progressBar } from '../output/progress-bar.js';
import type { Job, JobResult, JobWatch } from './jobs/job.js';

interface Running {
  readonly job: Job;
  /** Milliseconds, and the share that had been done when first heard of: a job that goes on does not begin at nought. */
  readonly since: number;
  readonly before?: number;
  readonly share: number;
}

/** What is taken for the cost of a simulation, in images that a network is trained on: some tens of seconds. */
const SIMULATION = 100_000;

/** Shows how far a study is, and how long it still takes by how long jobs of the same network took. */
export class StudyProgress implements JobWatch {
  private readonly running = new Map<string, Running>();
  private readonly finished = new Set<string>();
  /** Core milliseconds for each unit of cost, by kind of job. */
  private readonly paces = new Map<string, number[]>();

  /** @param done ids of jobs that were done before */
  constructor(
    private readonly jobs: readonly Job[],
    done: Iterable<string>,
    private readonly cores: number,
    private readonly display: ProgressDisplay,
    readonly signal: AbortSignal,
    private readonly now: () => number = () => performance.now(),
  ) {
    for (const id of done) this.finished.add(id);
  }

  onStart(job: Job): void {
    this.running.set(job.id, { job, since: this.now(), share: 0 });
    this.show();
  }

  onProgress(job: Job, share: number): void {
    const running = this.running.get(job.id)!;
    this.running.set(job.id, { ...running, before: running.before ?? share, share });
    this.show();
  }

  onEnd(job: Job, result: JobResult): void {
    const { since, before = 0 } = this.running.get(job.id)!;
    const elapsed = this.now() - since;
    this.running.delete(job.id);
    this.finished.add(job.id);
    if (result === 'completed' && before < 0.1) this.learn(job, elapsed);
    this.display.line(
      `[${this.finished.size}/${this.jobs.length}] ${plainText(job.label, 100)}: ${result} in ${formatDuration(elapsed / 1000)}${this.left()}`,
    );
    this.show();
  }

  private learn(job: Job, elapsed: number): void {
    const pace = (elapsed * job.threads) / costOf(job);
    for (const kind of [kindOf(job), 'any']) this.paces.set(kind, [...(this.paces.get(kind) ?? []), pace]);
  }

  private show(): void {
    const share = this.finished.size / this.jobs.length;
    const names = [...this.running.values()].map(
      ({ job, share: done }) => `${plainText(job.label, 40)} ${Math.round(100 * done)} %`,
    );
    const what = [`${this.finished.size} of ${this.jobs.length} jobs`, ...names].join(', ');
    this.display.live(`${progressBar(share)} ${what}${this.left()}`);
  }

  /** `, 32 min left`, or nothing before the first job has ended. */
  private left(): string {
    if (!this.paces.has('any')) return '';
    const remaining = this.jobs
      .filter(({ id }) => !this.finished.has(id))
      .reduce((sum, job) => sum + (1 - (this.running.get(job.id)?.share ?? 0)) * costOf(job) * this.paceOf(job), 0);
    return remaining > 0 ? `, ${formatDuration(remaining / this.cores / 1000)} left` : '';
  }

  private paceOf(job: Job): number {
    const paces = this.paces.get(kindOf(job)) ?? this.paces.get('any')!;
    return paces.reduce((sum, pace) => sum + pace, 0) / paces.length;
  }
}

/** Images that the network is trained on, or what is like that for a simulation. */
function costOf({ experiment }: Job): number {
  if (isSimulation(experiment)) return SIMULATION;
  const size = experiment.dataset['trainSize'];
  return experiment.training.epochs * (typeof size === 'number' ? size : 50_000);
}

/** Jobs of one kind take about as long for each image. */
function kindOf({ experiment }: Job): string {
  return JSON.stringify(
    isSimulation(experiment) ? experiment.simulation.kind : [experiment.architecture, experiment.training.batchSize],
  );
}
