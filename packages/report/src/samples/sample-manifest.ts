import type { RunManifest } from '@reluctant/core';
import type { Site } from '../queries/sites.js';

/** A manifest to which tests add what they need. */
export function sampleManifest(sites: readonly Site[], changes: Partial<RunManifest> = {}): RunManifest {
  return {
    formatVersion: 1,
    id: 'sample',
    name: 'A sample',
    createdAt: '2026-01-01T00:00:00.000Z',
    config: {
      architecture: { kind: 'vgg' },
      initializer: { kind: 'he-normal' },
      training: {
        epochs: 10,
        batchSize: 64,
        learningRate: 0.05,
        optimizer: { kind: 'momentum', momentum: 0.9 },
        schedule: { kind: 'cosine' },
      },
    },
    seed: 7,
    versions: { reluctant: '0.1.0' },
    machine: { platform: 'linux x64', cpu: 'A processor', cores: 4 },
    engine: { kind: 'onnx', version: '1.2.3', device: 'cpu' },
    dataset: {
      kind: 'cifar10',
      source: 'https://example.org/cifar-10',
      digest: 'c0ffee',
      trainSize: 50_000,
      testSize: 10_000,
      probeSize: 1_000,
      classes: 10,
    },
    network: { parameters: 123_456, sites: sites.map((site) => ({ ...site })) },
    ...changes,
  };
}

/** Sites of a plain network: convolutions, then dense layers. */
export function vggSites(): readonly Site[] {
  const widths = [64, 128, 256, 256, 512, 512];
  return [
    ...widths.map((units, index) => site(`conv${index + 1}/relu`, index + 1, units, 'conv', false)),
    ...[256, 256].map((units, index) => site(`fc${index + 1}/relu`, widths.length + index + 1, units, 'dense', false)),
  ];
}

/** Sites of a residual network: one of the stem, then for each block one inside it and one after its addition. */
export function resnetSites(blocksPerStage = 3): readonly Site[] {
  const sites = [site('stem/relu', 1, 16, 'conv', false)];
  [16, 32, 64].forEach((units, stage) => {
    for (let block = 1; block <= blocksPerStage; block++) {
      const name = `stage${stage + 1}/block${block}`;
      sites.push(site(`${name}/relu`, sites.length + 1, units, 'conv', false));
      sites.push(site(`${name}/add/relu`, sites.length + 1, units, 'conv', true));
    }
  });
  return sites;
}

export function site(name: string, depth: number, units: number, kind: Site['kind'], skip: boolean): Site {
  const map = kind === 'conv' ? { positions: 64, map: [8, 8] as const } : { positions: 1 };
  return { name, layer: name, depth, kind, units, ...map, skip };
}
