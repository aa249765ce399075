import { Random } from '@reluctant/core';
import type { Arm, StudyResults, StudySite, TrainedRun } from '../study-results.js';

/** What is planted in a network whose Pr[y>0] is known. */
export interface PlantedNetwork {
  readonly label: string;
  readonly sites: readonly StudySite[];
  /** Of a site at an epoch, before chance. */
  readonly activation: (site: StudySite, epoch: number) => number;
  /** Units of a site that never fire, at any epoch. */
  readonly neverFired?: (site: StudySite) => number;
  /** Standard deviation of what seeds add to a whole run, and to each of its sites. */
  readonly seedDeviation?: number;
  readonly siteDeviation?: number;
  readonly epochs?: number;
  readonly status?: TrainedRun['status'];
}

export const RULE = { epochs: 2, activation: 0.03, loss: 0.05 } as const;

/** Sites of a plain network. */
export function plainSites(count: number): readonly StudySite[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `relu${index + 1}`,
    depth: index + 1,
    units: 16,
    skip: false,
  }));
}

/** Sites of a residual network: a stem, and two in each block. */
export function residualSites(blocks: number, skips = true): readonly StudySite[] {
  const site = (name: string, index: number, skip: boolean) => ({ name, depth: index + 1, units: 16, skip });
  const inBlocks = Array.from({ length: 2 * blocks }, (_, index) => {
    const [block, relu] = [Math.floor(index / 2) + 1, (index % 2) + 1];
    return site(`stage1_block${block}_relu${relu}`, index + 1, skips && relu === 2);
  });
  return [site('stem_relu', 0, false), ...inBlocks];
}

/** A run of a seed: the same whenever it is planted. */
export function plantedRun(network: PlantedNetwork, seed: number): TrainedRun {
  const { label, sites, activation, seedDeviation = 0, siteDeviation = 0, epochs = 4 } = network;
  const { neverFired = () => 0, status = 'completed' } = network;
  const random = new Random(seed, 'planted', label.length);
  const shift = seedDeviation * random.normal();
  const shifts = sites.map(() => shift + siteDeviation * random.normal());
  return {
    job: `${label} ${seed}`,
    seed,
    status,
    sites,
    course: Array.from({ length: epochs + 1 }, (_, epoch) => ({
      epoch,
      activation: sites.map((site, index) => activation(site, epoch) + shifts[index]!),
      neverFired: sites.map(neverFired),
    })),
    losses: Array.from({ length: epochs }, (_, index) => ({ epoch: index + 1, loss: 2 / (index + 1) ** 2 })),
    testAccuracy: 0.5,
    images: 1000,
  };
}

export function plantedArm(network: PlantedNetwork, seeds: readonly number[]): Arm {
  return { label: network.label, runs: seeds.map((seed) => plantedRun(network, seed)) };
}

/** What `single-unit rates --json` prints, in short. */
export const RATES = {
  p: [0.5, 0.1, 0.02],
  timeConstant: { atStepSize: [500, 12_000, 150_000] },
  measured: {
    simulated: [{ value: 390, lower: 360, upper: 420 }, { value: 12_100, lower: 12_000, upper: 12_200 }, null],
  },
  exponent: { theory: -1.77, simulated: { value: -1.7, lower: -1.71, upper: -1.69 } },
};

/** What `single-unit death --json` prints, in short. */
export const DEATH = {
  deadBelow: 0.01,
  trials: 100,
  cells: [
    { initialization: 'he', dead: { value: 0.3 } },
    { initialization: 'he', dead: { value: 0.1 } },
    { initialization: 'positive-bias b=1', dead: { value: 0.02 } },
    { initialization: 'positive-bias b=1', dead: { value: 0.05 } },
  ],
};

/** A study in which everything was asked. */
export function plantedStudy(more: Partial<StudyResults> = {}): StudyResults {
  const seeds = [1, 2, 3, 4];
  const chance = { seedDeviation: 0.01, siteDeviation: 0.01 };
  const falling = (label: string, from: number) => ({
    ...chance,
    label,
    sites: plainSites(6),
    activation: (site: StudySite, epoch: number) => 0.5 - (epoch === 0 ? 0 : from + 0.03 * site.depth),
    neverFired: ({ depth }: StudySite) => Number(depth > 4),
  });
  const residual = (label: string, skips: boolean) => ({
    ...chance,
    label,
    sites: residualSites(3, skips),
    activation: (site: StudySite) => (site.skip ? 0.62 : 0.45),
  });
  const plain = plantedArm(falling('plain', 0.05), seeds);
  const diverged = plantedArm({ ...falling('1', 0.05), status: 'diverged' }, seeds);
  return {
    name: 'planted',
    description: 'What is planted is found again.',
    convergence: RULE,
    networks: [plain, plantedArm(residual('residual', true), seeds)],
    skips: [
      {
        label: 'residual',
        with: plantedArm(residual('with skips', true), seeds),
        without: plantedArm(residual('without skips', false), seeds),
      },
    ],
    initializers: [
      { label: 'plain', arms: [{ ...plain, label: 'he-normal' }, plantedArm(falling('orthogonal', 0.1), seeds)] },
    ],
    factors: [{ label: 'learning rate', arms: [{ ...plain, label: '0.01' }, diverged] }],
    rates: RATES,
    death: DEATH,
    provenance: {
      command: 'reluctant paper --budget planted',
      seeds,
      jobs: 24,
      seconds: 3723,
      parallel: 2,
      threads: 1,
      machines: ['a processor, 2 cores, linux x64'],
      engines: ['onnx, 1.23.0, cpu (1 thread)'],
      versions: ['reluctant 0.1.0, node 20.19.0'],
      data: ['cifar10 (planted), 5,000 training, 1,000 test and 1,000 probe images, digest 0123456789abcdef'],
    },
    ...more,
  };
}
