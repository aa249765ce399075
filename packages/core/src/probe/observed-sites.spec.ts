import { describe, expect, it } from 'vitest';
import type { ReluSite } from '../graph/network.js';
import { observedSites, sitesSchema } from './observed-sites.js';

const site = (name: string, layer: string, depth: number): ReluSite => ({
  name,
  layer,
  depth,
  kind: 'conv',
  units: 3,
  positions: 4,
  skip: false,
});
const SITES = [
  site('block1/relu1', 'block1/relu1', 1),
  site('block1/relu2', 'block1/relu2', 2),
  site('shared', 'shared', 3),
  site('shared#2', 'shared', 4),
  site('dense/relu', 'dense', 5),
];

const names = (selection: 'all' | string[]) => observedSites(SITES, selection).map((site) => site.name);

describe('observedSites', () => {
  it('takes all, by default', () => {
    expect(sitesSchema.parse(undefined)).toBe('all');
    expect(observedSites(SITES, 'all')).toBe(SITES);
  });

  it('takes the name of a layer for all its calls, and the name of a later call for that call', () => {
    expect(names(['shared'])).toEqual(['shared', 'shared#2']);
    expect(names(['shared#2'])).toEqual(['shared#2']);
    expect(names(['dense'])).toEqual(['dense/relu']);
  });

  it("keeps the network's order and takes no site twice", () => {
    expect(names(['dense', 'shared#2', 'shared', 'block1/relu1'])).toEqual([
      'block1/relu1',
      'shared',
      'shared#2',
      'dense/relu',
    ]);
  });

  it('refuses unknown names with the nearest spelling and all known ones', () => {
    expect(() => names(['block1/relu1', 'block1/relu3'])).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message:
          'No ReLU is called "block1/relu3". Did you mean "block1/relu1"? ' +
          'Known: block1/relu1, block1/relu2, shared, shared#2, dense/relu, dense.',
      }),
    );
  });

  it('refuses an empty list', () => {
    expect(sitesSchema.safeParse([]).success).toBe(false);
    expect(sitesSchema.safeParse('shared').success).toBe(false);
  });
});
