import { expect, it } from 'vitest';
import { kindAgreements } from './array-kinds.js';

const differences = (relatives: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(relatives).map(([name, relative]) => [name, { relative, absolute: 1 }]));

it('sums up arrays by what they are', () => {
  const parameters = [
    { name: 'a/kernel', role: 'kernel' },
    { name: 'b/kernel', role: 'kernel' },
    { name: 'c/kernel', role: 'kernel' },
    { name: 'norm/mean', role: 'movingMean' },
    { name: 'norm/variance', role: 'movingVariance' },
  ] as const;
  const names = [...parameters.map(({ name }) => name), 'optimizer/velocity/a/kernel'];
  const ours = [1, 5, 2, 7, 8, 9];
  const pick = (values: readonly number[]) =>
    differences(Object.fromEntries(names.map((name, i) => [name, values[i]])));
  expect(kindAgreements(parameters, pick(ours), pick(ours.map((value) => 10 * value)))).toEqual([
    { kind: 'kernels', arrays: 3, ours: { median: 2, largest: 5 }, yardstick: { median: 20, largest: 50 } },
    { kind: 'moving statistics', arrays: 2, ours: { median: 7.5, largest: 8 }, yardstick: { median: 75, largest: 80 } },
    { kind: 'velocities', arrays: 1, ours: { median: 9, largest: 9 }, yardstick: { median: 90, largest: 90 } },
  ]);
});
