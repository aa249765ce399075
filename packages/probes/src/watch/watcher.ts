import {
  mergeTaps,
  readParameters,
  ReluctantError,
  type Network,
  type Probe,
  type ProbeOutput,
  type ReluSite,
  type Tap,
  type TapSample,
} from '@reluctant/core';
import { Subject, type Observable } from 'rxjs';
import { formatWatchReport } from './format-watch-report.js';
import { sampleImages } from './sample-images.js';
import type { ResolvedWatchOptions } from './watch-options.js';
import { watchReport, type WatchReport } from './watch-report.js';
import type { ChosenProbe } from './watched-probes.js';

/** Where in training a measurement is taken. */
export interface WatchPosition {
  /** Optimizer steps taken. */
  readonly step: number;
  /** Epochs completed. */
  readonly epoch: number;
}

/**
 * Measures the ReLU units of one model on fixed images: as a callback of the model's own `fit` or `fitDataset`, or whenever
 * `measure` is called. Made by `watch`. Beside callbacks that are instances of tfjs's classes, pass `new CustomCallback(watcher)`.
 */
export class Watcher {
  /** What the probes say, as they say it. Hot: later subscribers have missed what was said. Never completes. */
  readonly readings$: Observable<ProbeOutput>;

  private readonly outputs$ = new Subject<ProbeOutput>();
  private readonly samples$ = new Subject<TapSample>();
  private readonly sites: readonly ReluSite[];
  private readonly taps: readonly Tap[];
  private position: WatchPosition;
  private inFit = false;
  private latest: { readonly outputs: readonly ProbeOutput[]; readonly position: WatchPosition } | undefined;
  private failure: ReluctantError | undefined;
  private pending: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly network: Network,
    private readonly probes: readonly ChosenProbe[],
    private readonly options: ResolvedWatchOptions,
  ) {
    this.sites = network.sites;
    this.taps = mergeTaps(probes.flatMap(({ taps }) => taps));
    this.position = { step: options.step, epoch: 0 };
    this.readings$ = this.outputs$.asObservable();
    for (const chosen of probes) this.attach(chosen);
  }

  /**
   * Measures now, with the weights that the model has; wait for it before you train on. Measurements that are asked for while one is
   * under way follow it.
   * @param position where training stands. Left out, what `fit` has come to; in a loop of your own, each measurement counts as one
   *   step after the last
   * @returns what the probes say
   * @throws ReluctantError `RUN_DIVERGED` where a pre-activation is NaN, `CONFIG_INVALID` where the data have been disposed of or the
   *   position lies before the last, `PROBE_FAILED` where a probe fails, now and ever after. tfjs keeps no tensor of it in any case
   */
  measure(position: Partial<WatchPosition> = {}): Promise<readonly ProbeOutput[]> {
    const measured = this.pending.then(() => this.measureNow(position));
    this.pending = measured.catch(() => undefined);
    return measured;
  }

  /** The latest measurement by layer; undefined before the first. */
  report(): WatchReport | undefined {
    if (!this.latest) return undefined;
    const { outputs, position } = this.latest;
    return watchReport(outputs, this.sites, { ...position, images: this.options.data.x.shape[0] });
  }

  /** The latest report as a plain table. */
  toString(): string {
    const report = this.report();
    return report ? formatWatchReport(report) : 'Nothing has been measured yet.';
  }

  // What tfjs calls, unbound, and waits for.

  readonly onTrainBegin = async (): Promise<void> => {
    this.inFit = true;
    await this.measure();
  };

  readonly onBatchBegin = async (): Promise<void> => {
    if (this.isDue()) await this.measure();
    this.position = { ...this.position, step: this.position.step + 1 };
  };

  readonly onEpochEnd = async (): Promise<void> => {
    this.position = { ...this.position, epoch: this.position.epoch + 1 };
    if (this.options.every === 'epoch') await this.measure();
  };

  readonly onTrainEnd = async (): Promise<void> => {
    if (this.options.every !== 'epoch' && this.lastStep !== this.position.step) await this.measure();
  };

  /** Whether a measurement every few steps falls here, before the next step. */
  private isDue(): boolean {
    const { every } = this.options;
    const { step } = this.position;
    return every !== 'epoch' && step % every.steps === 0 && this.lastStep !== step;
  }

  private get lastStep(): number | undefined {
    return this.latest?.position.step;
  }

  private attach({ probe, options }: ChosenProbe): void {
    const fail = (error: unknown) => {
      this.failure ??= failureOf(probe, error);
    };
    try {
      const outputs$ = probe.readings(this.samples$, { sites: this.sites }, options);
      outputs$.subscribe({ next: (output) => this.outputs$.next(output), error: fail });
    } catch (error) {
      fail(error);
    }
  }

  private async measureNow(given: Partial<WatchPosition>): Promise<readonly ProbeOutput[]> {
    if (this.failure) throw this.failure;
    this.position = this.nextPosition(given);
    const { x, batchSize } = this.options.data;
    const samples = await sampleImages(this.network, this.taps, x, { batchSize, ...this.position });
    const outputs: ProbeOutput[] = [];
    const collecting = this.outputs$.subscribe((output) => outputs.push(output));
    try {
      for (const sample of samples) this.samples$.next(sample);
      for (const chosen of this.probes) await this.inspect(chosen, samples);
    } finally {
      collecting.unsubscribe();
    }
    if (this.failure) throw this.failure;
    this.latest = { outputs, position: this.position };
    return outputs;
  }

  /** Shows the network to a probe that looks at more than counters. */
  private async inspect({ probe, options, taps }: ChosenProbe, samples: readonly TapSample[]): Promise<void> {
    if (!probe.inspect) return;
    const own = samples.filter((sample) => taps.some(({ site, at }) => site === sample.site && at === sample.at));
    const { graph, sites } = this.network;
    const measurement = { graph, sites, parameters: readParameters(this.network), samples: own, ...this.position };
    try {
      for (const output of await probe.inspect(measurement, options)) this.outputs$.next(output);
    } catch (error) {
      throw failureOf(probe, error);
    }
  }

  private nextPosition({ step, epoch }: Partial<WatchPosition>): WatchPosition {
    const { lastStep } = this;
    const next = {
      step: step ?? (this.inFit || lastStep === undefined ? this.position.step : lastStep + 1),
      epoch: epoch ?? this.position.epoch,
    };
    if (Number.isInteger(next.step) && next.step >= (lastStep ?? 0) && next.epoch >= 0) return next;
    throw new ReluctantError(
      'CONFIG_INVALID',
      `watch: measured at step ${next.step}, epoch ${next.epoch}. Steps are whole numbers that never fall` +
        `${lastStep === undefined ? '' : `: the last was ${lastStep}`}; epochs are not negative.`,
    );
  }
}

function failureOf({ kind }: Probe, error: unknown): ReluctantError {
  return ReluctantError.from(error, 'PROBE_FAILED', `Probe "${kind}" failed`);
}
