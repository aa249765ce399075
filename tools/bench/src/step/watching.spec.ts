import type { ReluSite } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { tapsOf, type Watching } from './watching.js';

const sites = [1, 2].map((depth): ReluSite => ({
  name: `relu${depth}`,
  layer: `relu${depth}`,
  depth,
  kind: 'dense',
  units: 3,
  positions: 1,
  skip: false,
}));
const inTraining = (watching: Watching) =>
  tapsOf(watching, sites)
    .filter(({ on }) => on === 'training-step')
    .map(({ site, statistics }) => [site, ...statistics]);

describe('tapsOf', () => {
  it('asks for nothing', () => {
    expect(tapsOf('nothing', sites)).toEqual([]);
  });

  it('asks for the one count that Pr[y > 0] takes', () => {
    expect(inTraining('probability')).toEqual(sites.map(({ name }) => [name, 'fired']));
  });

  it('asks at every site for what a usual run counts', () => {
    expect(inTraining('usual')).toEqual(sites.map(({ name }) => [name, 'fired', 'imagesFired']));
  });

  it('asks for all that any probe can measure in training', () => {
    const everything = ['fired', 'imagesFired', 'sum', 'sumAbs', 'sumSquares', 'max'];
    expect(inTraining('everything')).toEqual(sites.map(({ name }) => [name, ...everything]));
  });
});
