import '@tensorflow/tfjs-backend-cpu';
import { plantedNetwork } from '@reluctant/core/testing';
import { describe, expect, it } from 'vitest';
import { inspected } from '../testing/inspected.js';
import { certifiedDead, certifiedDeadOptions } from './certified-dead.js';

const { network } = plantedNetwork({ probabilities: [-1, 0.5, 1], side: 2 });

const lookAt = async (options: object, more: Parameters<typeof inspected>[1] = {}) =>
  certifiedDead.inspect!(inspected(network, more), certifiedDeadOptions.parse(options));

describe('certified-dead', () => {
  it('reads upper bounds and certificates for the range that the data set declares', async () => {
    const inputRange = { lower: [0], upper: [1] };
    expect(await lookAt({}, { inputRange, step: 7, epoch: 0.5 })).toEqual([
      {
        type: 'probe.reading',
        probe: 'certified-dead',
        site: 'planted',
        on: 'probe-split',
        step: 7,
        epoch: 0.5,
        images: 0,
        units: {
          upper: [expect.closeTo(-1, 5), expect.closeTo(0.5, 5), expect.closeTo(1, 5)],
          certifiedDead: [1, 0, 0],
        },
        layer: { certifiedDead: 1, units: 3 },
      },
    ]);
  });

  it('takes a range of its own before that of the data set', async () => {
    const inputRange = { lower: [0], upper: [1] };
    const [reading] = await lookAt({ inputRange: { lower: [0], upper: [0.25] } }, { inputRange });
    expect(reading).toMatchObject({ units: { certifiedDead: [1, 1, 0] } });
  });

  it('says what to do where nobody declares a range', async () => {
    await expect(lookAt({})).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/range.*inputRange: \{ lower/),
    });
  });

  it('refuses unknown sites before anything is computed', () => {
    expect(() => certifiedDead.taps(network.sites, { sites: ['plantde'] })).toThrow('Did you mean "planted"?');
    expect(certifiedDead.taps(network.sites, { sites: 'all' })).toEqual([]);
  });

  it.each([
    { lower: [], upper: [1] },
    { lower: [1], upper: [0] },
    { lower: [0, 0], upper: [1, 1, 1] },
    { lower: [0], upper: [1, -1] },
    { lower: [0], upper: [Infinity] },
    { lower: [0] },
  ])('refuses the range %j', (inputRange) => {
    expect(certifiedDeadOptions.safeParse({ inputRange }).success).toBe(false);
  });

  it('takes ranges by channel, or one for all', () => {
    for (const inputRange of [
      { lower: [0], upper: [1, 2] },
      { lower: [0, 1], upper: [1, 1] },
    ]) {
      expect(certifiedDeadOptions.parse({ inputRange })).toEqual({ sites: 'all', inputRange });
    }
  });
});
