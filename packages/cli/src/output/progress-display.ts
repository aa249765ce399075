import type { EventBus, RunManifest } from '@reluctant/core';
import ora, { type Ora } from 'ora';
import { formatDuration } from './duration.js';
import type { Output } from './output.js';
import { plainText } from './plain-text.js';
import { progressBar } from './progress-bar.js';
import { RemainingTime } from './remaining-time.js';

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
    this.live(done !== undefined && total ? `${label} ${progressBar(done / total)}` : label);
  }

  follow(bus: EventBus, manifest: RunManifest): void {
    const training = manifest.config.training as { readonly epochs: number } | undefined;
    const name = plainText(manifest.name, 40);
    if (training) this.followTraining(bus, name, training.epochs);
    else this.followSimulation(bus, name);
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

  /** The live line, where a person watches. */
  live(text: string): void {
    if (!this.spinner) return;
    this.spinner.text = text;
    if (!this.spinner.isSpinning) this.spinner.start();
  }

  private followTraining(bus: EventBus, name: string, epochs: number): void {
    const clock = new RemainingTime();
    let test = '';
    bus.of('step.completed').subscribe(({ epoch, loss }) => {
      const left = clock.remaining(epoch / epochs);
      this.live(
        `${name} ${progressBar(epoch / epochs)}, epoch ${Math.ceil(epoch)}/${epochs}, loss ${loss.toFixed(3)}${test}${left}`,
      );
    });
    bus.of('evaluation.completed').subscribe(({ split, accuracy }) => {
      if (split === 'test') test = `, test accuracy ${percent(accuracy)}`;
    });
    bus.of('epoch.completed').subscribe(({ epoch, trainLoss, seconds }) => {
      this.lineWithoutTerminal(
        `${name}: epoch ${Math.round(epoch)}/${epochs}, loss ${trainLoss.toFixed(3)}${test}, ${formatDuration(seconds)}${clock.remaining(epoch / epochs)}`,
      );
    });
    bus.of('intervention.applied').subscribe(({ intervention, site, units, action }) => {
      const many = units.length === 1 ? 'unit' : 'units';
      this.line(plainText(`${name}: ${intervention}: ${units.length} ${many} of ${site} ${action}`, 200));
    });
    bus.of('checkpoint.saved').subscribe(() => this.live(`${name}: checkpoint saved`));
  }

  /** Shows how far something is whose steps are alike, and how long it still takes: call what it returns after each. */
  track(name: string): (label: string, done: number, total?: number) => void {
    const clock = new RemainingTime();
    let told = 0;
    return (label, done, total) => {
      const share = total ? done / total : 0;
      const left = clock.remaining(share);
      this.live(`${name} ${progressBar(share)}, ${label}${left}`);
      const quarter = Math.floor(share * 4);
      if (quarter > told) this.lineWithoutTerminal(`${name}: ${label} ${percent(share)}${left}`);
      told = Math.max(told, quarter);
    };
  }

  private followSimulation(bus: EventBus, name: string): void {
    const show = this.track(name);
    bus.of('progress').subscribe(({ label, done, total }) => show(label, done, total));
  }

  /** The live line has it already where there is one. */
  private lineWithoutTerminal(text: string): void {
    if (!this.spinner) this.output.note(text);
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
