import type { RunManifest } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { describeData, requireSameData } from './same-data.js';

const manifest = (seed: number, digest: string, trainSize = 1000, source = 'a folder') =>
  ({
    seed,
    config: { dataset: { kind: 'cifar10', trainSize } },
    dataset: { kind: 'cifar10', source, digest, trainSize, testSize: 500, probeSize: 500, classes: 10 },
  }) as unknown as RunManifest;
const simulation = { seed: 1, config: {} } as unknown as RunManifest;

describe('requireSameData', () => {
  it('lets seeds draw images of their own, and factors have as many as they like', () => {
    requireSameData([simulation, manifest(1, 'aa'), manifest(1, 'aa'), manifest(2, 'bb'), manifest(1, 'cc', 2000)]);
  });

  it('refuses other images for the same seed', () => {
    expect(() => requireSameData([manifest(1, 'aa'), manifest(1, 'bb', 1000, 'another')])).toThrow(
      /a folder \(digest aa\) and another \(digest bb\), both with seed 1/,
    );
  });
});

describe('describeData', () => {
  it('has a line for each set, whatever was drawn of it', () => {
    expect(
      describeData([simulation, manifest(2, 'bb'), manifest(1, 'aa'), manifest(2, 'bb'), manifest(1, 'cc', 2000)]),
    ).toEqual([
      'cifar10 (a folder), 1,000 training, 500 test and 500 probe images, digests aa, bb',
      'cifar10 (a folder), 2,000 training, 500 test and 500 probe images, digest cc',
    ]);
  });

  it.each([
    ['/home/someone/cifar10', 'cifar10'],
    ['cifar10: /home/someone/cifar10', 'cifar10: cifar10'],
    ['textures: procedural', 'textures: procedural'],
  ])('does not tell where %s lies', (source, told) => {
    expect(describeData([manifest(1, 'aa', 1000, source)])[0]).toContain(`cifar10 (${told}), 1,000`);
  });
});
