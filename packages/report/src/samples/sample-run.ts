import { Random, type EventBody, type RunManifest, type RunReader } from '@reluctant/core';
import type { Site } from '../queries/sites.js';
import { memoryRunReader } from './memory-run-reader.js';
import { plantFurtherProbes } from './plant-further-probes.js';
import { plantReadings } from './plant-readings.js';
import { sampleManifest } from './sample-manifest.js';

export interface SampleOptions {
  readonly epochs?: number;
  readonly stepsPerEpoch?: number;
  /** Pr[y>0] of the deepest layer in the end; 0.5 at the input. */
  readonly deepest?: number;
  /** Whether all probes run, with the counters of positions. */
  readonly furtherProbes?: boolean;
  readonly manifest?: Partial<RunManifest>;
}

/** A plausible training run: Pr[y>0] falls with depth and time, some units die, a few revive. Equal at every call. */
export function sampleRun(sites: readonly Site[], options: SampleOptions = {}): RunReader {
  const { epochs = 10, stepsPerEpoch = 40, deepest = 0.12, furtherProbes = false } = options;
  const random = new Random('sample', sites.length);
  const manifest = sampleManifest(sites, options.manifest);
  const events: EventBody[] = [{ type: 'run.started', manifest }];
  const characters = sites.map((site) =>
    Array.from({ length: site.units }, () => ({ level: random.normal(), diesAt: random.uniform() * 40 })),
  );
  const dead = new Set<string>();

  for (let epoch = 0; epoch <= epochs; epoch++) {
    const step = epoch * stepsPerEpoch;
    for (let batch = epoch === 0 ? stepsPerEpoch : 1; batch <= stepsPerEpoch; batch++) {
      const at = epoch - 1 + batch / stepsPerEpoch;
      events.push({
        type: 'step.completed',
        step: step - stepsPerEpoch + batch,
        epoch: at,
        loss: 2.3 * Math.exp(-at / 3) + 0.3 + 0.08 * random.normal(),
        correct: 32,
        size: 64,
        learningRate: 0.05,
        seconds: 0.01,
      });
    }
    if (epoch === 0) events.pop();
    else {
      const learned = 1 - Math.exp(-epoch / 3);
      const trainLoss = 2.3 * (1 - learned) + 0.3;
      const at = { step, epoch };
      events.push({ type: 'epoch.completed', ...at, trainLoss, trainAccuracy: 0.1 + 0.85 * learned, seconds: 12 });
      events.push({
        type: 'evaluation.completed',
        ...at,
        split: 'test',
        loss: trainLoss + 0.15,
        accuracy: 0.1 + 0.8 * learned,
        images: 10_000,
      });
    }
    sites.forEach((site, index) => {
      const share = sites.length > 1 ? index / (sites.length - 1) : 0;
      const centre = 0.5 - (0.5 - deepest) * share * (1 - Math.exp(-epoch / 4)) + (site.skip ? 0.18 : 0);
      const pr = characters[index]!.map(({ level, diesAt }, unit) => {
        const isDead = diesAt < epoch * share * 0.9 && !(unit % 11 === 0 && epoch > diesAt + 3);
        if (isDead) return 0;
        const value = 1 / (1 + Math.exp(-(Math.log(centre / (1 - centre)) + (0.5 + share) * level)));
        return Math.round(value * 1e4) / 1e4;
      });
      const measured = { site, pr, step, epoch, images: 1000 };
      events.push(...plantReadings(measured), ...(furtherProbes ? plantFurtherProbes(measured) : []));
      pr.forEach((value, unit) => {
        const key = `${site.name} ${unit}`;
        const was = dead.has(key);
        if (value === 0 && !was) {
          dead.add(key);
          const type = epoch === 0 ? 'unit.born-dead' : 'unit.died';
          events.push({ type, probe: 'unit-lifecycle', site: site.name, unit, step, epoch });
        } else if (value > 0 && was) {
          dead.delete(key);
          events.push({ type: 'unit.revived', probe: 'unit-lifecycle', site: site.name, unit, step, epoch });
        }
      });
    });
  }
  events.push({ type: 'run.finished', status: 'completed', step: epochs * stepsPerEpoch });
  return memoryRunReader(manifest, events);
}

/** A plausible simulation: two initialisations, two quantities. */
export function sampleSimulation(): RunReader {
  const steps = Array.from({ length: 41 }, (_, index) => Math.round(10 ** (index / 10)));
  const manifest = sampleManifest([], {
    id: 'simulated',
    name: 'Single unit, simulated',
    config: { simulation: { kind: 'single-unit' } },
    network: undefined,
    dataset: undefined,
    engine: undefined,
  });
  const events: EventBody[] = [{ type: 'run.started', manifest }];
  for (const [group, rate] of [
    ['zero bias', 0.4],
    ['randomized asymmetric', 0.25],
  ] as const) {
    const curve = (name: string, of: (step: number) => number, width: number): EventBody => ({
      type: 'simulation.sampled',
      series: {
        name,
        group,
        axis: { label: 'step', values: steps },
        mean: steps.map(of),
        lower: steps.map((step) => of(step) * (1 - width)),
        upper: steps.map((step) => of(step) * (1 + width)),
        band: '99 % confidence of the mean',
        trials: 500,
      },
    });
    events.push(curve('Pr[y>0]', (step) => 0.2 + 0.3 * step ** (-rate / 2), 0.06));
    events.push(curve('error', (step) => 2 * step ** (-4 * rate), 0.25));
  }
  events.push({ type: 'run.finished', status: 'completed', step: 0 });
  return memoryRunReader(manifest, events);
}
