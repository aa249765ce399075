import { Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { layOutDropoutMask } from './dropout-mask.js';

const mask = { input: 'mask:drop', node: 'drop', rate: 0.5 };

describe('layOutDropoutMask', () => {
  it('draws one number an element, in the order of the vector', () => {
    const random = new Random(3, 'dropout', 4, 'drop');
    const expected = Float32Array.from({ length: 12 }, () => (random.uniform() >= 0.5 ? 2 : 0));
    expect(layOutDropoutMask({ ...mask, shape: [6] }, 2, 3, 4)).toEqual(expected);
  });

  it('draws maps channels last and lays them out channels first', () => {
    const [height, width, channels] = [2, 3, 4];
    const drawn = layOutDropoutMask({ ...mask, shape: [height * width * channels] }, 2, 3, 4);
    const maps = layOutDropoutMask({ ...mask, shape: [height, width, channels] }, 2, 3, 4);
    for (let n = 0; n < 2; n++) {
      for (let position = 0; position < height * width; position++) {
        for (let c = 0; c < channels; c++) {
          const channelsLast = (n * height * width + position) * channels + c;
          const channelsFirst = (n * channels + c) * height * width + position;
          expect(maps[channelsFirst]).toBe(drawn[channelsLast]);
        }
      }
    }
  });

  it('keeps the expectation: the share 1 − rate is kept, scaled by 1/(1 − rate)', () => {
    const values = layOutDropoutMask({ ...mask, rate: 0.25, shape: [10_000] }, 4, 1, 0);
    expect(new Set(values)).toEqual(new Set([0, Math.fround(4 / 3)]));
    const kept = values.filter((value) => value > 0).length / values.length;
    // Four standard deviations of a share of 40,000 draws.
    expect(Math.abs(kept - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / 40_000));
  });

  it('keeps everything at rate 0', () => {
    expect(new Set(layOutDropoutMask({ ...mask, rate: 0, shape: [100] }, 1, 1, 0))).toEqual(new Set([1]));
  });

  it('depends on seed, step and node', () => {
    const draw = (node: string, seed: number, step: number) =>
      layOutDropoutMask({ ...mask, node, shape: [64] }, 1, seed, step);
    const first = draw('drop', 1, 0);
    expect(draw('drop', 1, 0)).toEqual(first);
    for (const other of [draw('other', 1, 0), draw('drop', 2, 0), draw('drop', 1, 1)]) expect(other).not.toEqual(first);
  });
});
