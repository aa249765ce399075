import { describe, expect, it } from 'vitest';
import { residualSites } from '../testing/residual-sites.js';
import { observedSites, sitesSchema } from './observed-sites.js';

const names = (selection: 'all' | string[]) => observedSites(residualSites, selection).map((site) => site.name);

describe('observedSites', () => {
  it('takes all, by default', () => {
    expect(sitesSchema.parse(undefined)).toBe('all');
    expect(observedSites(residualSites, 'all')).toBe(residualSites);
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
