import { describe, expect, it } from 'vitest';
import type { Device } from '../lowering/device.js';
import { planLowering } from '../lowering/lower-network.js';
import { nodeSignatures } from '../lowering/node-signature.js';
import type { StrategyChoices } from '../lowering/lower-network.js';
import { tunableNetwork } from '../testing/tunable-network.js';
import { tuneStrategies, type TuningProgress } from './tune-strategies.js';

const device: Device = { provider: 'cpu', threads: 1, block: 16 };
const { graph } = tunableNetwork();
const [first, second, third] = ['conv1', 'conv2', 'conv3'].map((name) => nodeSignatures(graph).get(name)!);

/** Trials of which a step takes what `cost` says of the strategies of conv1 to conv4. */
function bench(cost: (strategies: readonly string[]) => number) {
  const opened: string[] = [];
  const progress: TuningProgress[] = [];
  let open = 0;
  return {
    opened,
    progress,
    openNow: () => open,
    tune: (of: Device = device) =>
      tuneStrategies(
        graph,
        of,
        async (choices: StrategyChoices) => {
          const convolutions = planLowering(graph, of, choices).nodes.filter(
            ({ node }) => node.operation.op === 'conv2d',
          );
          const strategies = convolutions.map(({ strategy }) => strategy.name);
          opened.push(strategies.join());
          open++;
          return { step: async () => cost(strategies), close: async () => void open-- };
        },
        (told) => progress.push(told),
      ),
  };
}

/** Milliseconds of a strategy, wherever it is taken. */
const costs = (of: Readonly<Record<string, number>>) => (strategies: readonly string[]) =>
  strategies.reduce((sum, name) => sum + (of[name] ?? 10), 0);

describe('tuneStrategies', () => {
  it('keeps to the rules where nothing is faster', async () => {
    const { tune, openNow } = bench(costs({ plain: 20 }));
    expect(await tune()).toEqual({ choices: {}, convolutions: 4, differing: 0 });
    expect(openNow()).toBe(0);
  });

  it('takes what is fastest, for all layers of a signature', async () => {
    const { tune, openNow } = bench(costs({ winograd: 12, taps: 11 }));
    expect(await tune()).toEqual({ choices: { [third]: 'blocked' }, convolutions: 4, differing: 2 });
    expect(openNow()).toBe(0);
  });

  it('goes on from what it found, and times no plan twice', async () => {
    const { tune, opened } = bench(costs({ plain: 1 }));
    const choices = { [first]: 'plain', [second]: 'plain', [third]: 'plain' };
    expect(await tune()).toEqual({ choices, convolutions: 4, differing: 4 });
    expect(opened).toEqual([
      'blocked output,blocked,winograd,winograd',
      'winograd,blocked,winograd,winograd',
      'taps,blocked,winograd,winograd',
      'plain,blocked,winograd,winograd',
      'plain,winograd,winograd,winograd',
      'plain,taps,winograd,winograd',
      'plain,plain,winograd,winograd',
      'plain,plain,taps,taps',
      'plain,plain,blocked,blocked',
      'plain,plain,plain,plain',
    ]);
  });

  it('counts what a choice costs elsewhere: whole steps decide', async () => {
    const { tune } = bench((strategies) => 100 - strategies.filter((name, i) => name === strategies[i - 1]).length);
    // Alone of its kind, nothing is gained by less than 2 %; side by side, it would be.
    expect((await tune()).choices).toEqual({});
  });

  it('tells how far it is', async () => {
    const { tune, progress } = bench(costs({}));
    await tune();
    expect(progress).toEqual([
      { done: 0, total: 3, signature: first },
      { done: 1, total: 3, signature: second },
      { done: 2, total: 3, signature: third },
    ]);
  });

  it('opens nothing where every convolution has one strategy', async () => {
    const { tune, opened, progress } = bench(costs({}));
    expect(await tune({ provider: 'cpu', threads: 1 })).toEqual({ choices: {}, convolutions: 4, differing: 0 });
    expect([opened, progress]).toEqual([[], []]);
  });

  it('leaves nothing open where a step fails', async () => {
    const { tune, openNow } = bench((strategies) => {
      if (strategies.includes('plain')) throw new Error('out of memory');
      return 1;
    });
    await expect(tune()).rejects.toThrow('out of memory');
    expect(openNow()).toBe(0);
  });
});
