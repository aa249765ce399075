/** What `reluctant quickstart` runs, as experiment documents: small enough for two cores and under three minutes in all. */
export const QUICKSTART_EXPERIMENTS: readonly Record<string, unknown>[] = [
  {
    name: 'quickstart: small VGG',
    dataset: { kind: 'auto', trainSize: 3000, testSize: 1000 },
    architecture: { kind: 'vgg', layout: [32, 'M', 64, 'M', 128, 128, 'M'], batchNorm: false },
    training: { epochs: 6, batchSize: 64, learningRate: 0.02, schedule: { kind: 'cosine', warmupEpochs: 1 } },
    probes: ['activation-probability', 'dead-units', 'dormant', 'activation-stats', 'unit-lifecycle'],
  },
  {
    name: 'quickstart: small ResNet',
    dataset: { kind: 'auto', trainSize: 3000, testSize: 1000 },
    architecture: { kind: 'resnet', depth: 8 },
    training: { epochs: 6, batchSize: 64, learningRate: 0.05, schedule: { kind: 'cosine', warmupEpochs: 1 } },
    probes: ['activation-probability', 'dead-units', 'dormant', 'activation-stats', 'unit-lifecycle'],
  },
  {
    name: 'quickstart: single units',
    simulation: { kind: 'single-unit', trials: 200, steps: 10_000 },
  },
];
