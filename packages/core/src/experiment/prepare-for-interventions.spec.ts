import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Network } from '../graph/network.js';
import { leakSlopeName, withLeaks } from '../graph/with-leaks.js';
import type { Intervention } from '../intervention/intervention.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';
import { plantedNetwork } from '../testing/networks/planted-network.js';
import { prepareForInterventions } from './prepare-for-interventions.js';

let network: Network;
beforeAll(async () => {
  await setBackend('cpu');
  ({ network } = plantedNetwork({ probabilities: [0, 1] }));
});

function prepared(...prepare: readonly Intervention['prepare'][]): Network {
  const idle = { summary: 'Does nothing', options: z.strictObject({}), taps: () => [] };
  const intervene = () => ({ changes: {}, applied: [], withheld: [] });
  const get = (kind: string): Intervention => ({ ...idle, kind, intervene, prepare: prepare[Number(kind)] });
  const interventions = prepare.map((_, index) => ({ kind: String(index), when: { everyEpochs: 1 }, extra: 3 }));
  return prepareForInterventions(
    network,
    { interventions } as never,
    { get } as unknown as PluginRegistry<Intervention>,
  );
}

describe('prepareForInterventions', () => {
  it('gives each what those before it have made, with options without kind and when', () => {
    const seen: unknown[] = [];
    const leaky = prepared(
      undefined,
      (given) => withLeaks(given, ['planted']),
      (given, options) => {
        seen.push(leakSlopeName('planted') in given.added!, options);
        return given;
      },
    );
    expect(seen).toEqual([true, { extra: 3 }]);
    expect(leaky.graph.parameters.at(-1)).toMatchObject({ name: leakSlopeName('planted') });
    expect(prepared(undefined)).toBe(network);
    expect(prepared()).toBe(network);
  });

  it.each<[string, Intervention['prepare'], string]>([
    [
      'a parameter without its value',
      (given) => ({ ...withLeaks(given, ['planted']), added: {} }),
      'without its value',
    ],
    ['other sites', (given) => ({ ...given, sites: [] }), 'may add to a network'],
    [
      'an error',
      () => {
        throw new Error('out of ideas');
      },
      'Intervention "0" failed: out of ideas',
    ],
  ])('refuses %s, by the name of the intervention', (_, prepare, says) => {
    expect(() => prepared(prepare)).toThrow(
      expect.objectContaining({ code: 'PLUGIN_INVALID', message: expect.stringContaining(says) }),
    );
    expect(() => prepared(prepare)).toThrow(/"0"/);
  });
});
