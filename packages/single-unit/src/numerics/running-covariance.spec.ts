import { expect, it } from 'vitest';
import { RunningCovariance } from './running-covariance.js';
import { RunningMoments } from './running-moments.js';

// Far from 0, where sums of squares would cancel.
const vectors = [[1e8, 2], [1e8 + 1, 4], [1e8 + 2, 3], [1e8 + 5, 3]].map((v) => Float64Array.from(v)); // prettier-ignore
const expected = [14 / 3, 1 / 3, 1 / 3, 2 / 3];

function running(list: readonly Float64Array[]): RunningCovariance {
  const covariance = new RunningCovariance(2);
  for (const vector of list) covariance.add(vector);
  return covariance;
}

it('is the sample covariance', () => {
  const { state } = running(vectors);
  expect([...state.mean]).toEqual([1e8 + 2, 3]);
  running(vectors)
    .covariance()
    .forEach((entry, i) => expect(entry).toBeCloseTo(expected[i], 7));
  expect(running(vectors.slice(0, 1)).covariance()).toEqual(new Float64Array(4).fill(NaN));
});

it.each([0, 1, 3])('merges parts of which the first has %i vectors', (split) => {
  const merged = running(vectors.slice(0, split));
  merged.merge(running(vectors.slice(split)).state);
  merged.merge(running([]).state);
  merged.covariance().forEach((entry, i) => expect(entry).toBeCloseTo(expected[i], 7));

  const moments = [new RunningMoments(1), new RunningMoments(1)];
  vectors.forEach(([value], i) => moments[i < split ? 0 : 1].add(0, value));
  moments[0].merge(moments[1].state);
  expect([moments[0].count(0), moments[0].mean(0), moments[0].variance(0)]).toEqual([
    4,
    1e8 + 2,
    expect.closeTo(14 / 3, 7),
  ]);
});
