import type { EventBus, RunManifest } from '@reluctant/core';
import ora, { type Ora } from 'ora';
import { formatDuration } from './duration.js';
import type { Output } from './output.js';

/**
 * Shows how far a run is and how long it still takes: one live line where a person watches, otherwise a line an epoch.
 * One display can follow several runs, one after the other.
 */
export class ProgressDisplay {
  private readonly spinner: Ora | undefined;

  constructor(private readonly output: Output) {
    this.spinner = output.interactive ? ora({ stream: process.stderr, discardStdin: false }) : undefined;
  }

  /** Something that happens before the run exists. */
  preparing(label: string, done?: number, total?: number): void {
    const share = done !== undefined && total ? ` ${Math.floor((100 * done) / total)} %` : '';
    this.live(`${label}${share}`);
  }

  follow(bus: EventBus, manifest: RunManifest): void {
    const training = manifest.config.training as { readonly epochs: number } | undefined;
    if (training) this.followTraining(bus, manifest.name, training.epochs);
    else this.followSimulation(bus, manifest.name);
    bus.of('probe.failed').subscribe(({ message }) => this.line(message));
    bus.of('run.finished').subscribe(() => this.stop());
  }

  stop(): void {
    this.spinner?.stop();
  }

  /** A lasting line, above the live one. */
  line(text: string): void {
    const spinning = this.spinner?.isSpinning;
    this.spinner?.stop();
    this.output.note(text);
    if (spinning) this.spinner?.start();
  }

  private followTraining(bus: EventBus, name: string, epochs: number): void {
    const clock = new RemainingTime();
    let test = '';
    bus.of('step.completed').subscribe(({ epoch, loss }) => {
      const left = clock.remaining(epoch / epochs);
      this.live(
        `${name}: epoch ${Math.min(Math.floor(epoch) + 1, epochs)}/${epochs}, loss ${loss.toFixed(3)}${test}${left}`,
      );
    });
    bus.of('evaluation.completed').subscribe(({ split, accuracy }) => {
      if (split === 'test') test = `, test accuracy ${percent(accuracy)}`;
    });
    bus.of('epoch.completed').subscribe(({ epoch, trainLoss, seconds }) => {
      this.epochLine(
        `${name}: epoch ${Math.round(epoch)}/${epochs}, loss ${trainLoss.toFixed(3)}${test}, ${formatDuration(seconds)}${clock.remaining(epoch / epochs)}`,
      );
    });
    bus.of('checkpoint.saved').subscribe(() => this.live(`${name}: checkpoint saved`));
  }

  private followSimulation(bus: EventBus, name: string): void {
    const clock = new RemainingTime();
    let told = 0;
    bus.of('progress').subscribe(({ label, done, total }) => {
      const share = total ? done / total : 0;
      const text = `${name}: ${label} ${percent(share)}${clock.remaining(share)}`;
      this.live(text);
      const quarter = Math.floor(share * 4);
      if (quarter > told) this.epochLine(text);
      told = Math.max(told, quarter);
    });
  }

  private live(text: string): void {
    if (!this.spinner) return;
    this.spinner.text = text;
    if (!this.spinner.isSpinning) this.spinner.start();
  }

  /** The live line has it already where there is one. */
  private epochLine(text: string): void {
    if (!this.spinner) this.output.note(text);
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Time left, from the share done since it was first asked: a resumed run does not begin at nought. */
export class RemainingTime {
  private first: { readonly share: number; readonly time: number } | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** `, 2 min 10 s left`, or nothing while it can't be told. */
  remaining(share: number): string {
    const time = this.now();
    this.first ??= { share, time };
    const done = share - this.first.share;
    if (done <= 0 || share >= 1) return '';
    return `, ${formatDuration(((1 - share) / done) * ((time - this.first.time) / 1000))} left`;
  }
}
