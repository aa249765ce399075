import { expect, it } from 'vitest';
import { ResidentMemory } from './resident-memory.js';

it('tells sizes in MiB and growth in MiB per 1,000 steps', () => {
  const sizes = [100, 103, 102, 103].map((mebibytes) => mebibytes * 2 ** 20);
  const memory = new ResidentMemory(() => sizes.shift()!);
  for (const step of [0, 100, 200, 300]) memory.sample(step);
  const { samples, growth, ...rest } = memory.report();
  expect(samples.map(({ step, mebibytes }) => [step, mebibytes])).toEqual([
    [0, 100],
    [100, 103],
    [200, 102],
    [300, 103],
  ]);
  expect(rest).toEqual({ first: 100, last: 103, maximum: 103 });
  expect(growth).toEqual({
    slope: expect.closeTo(8, 9) as number,
    standardError: expect.closeTo(Math.sqrt(28), 9) as number,
  });
});

it('reads this process', () => {
  const memory = new ResidentMemory();
  memory.sample(0);
  expect(memory.report().maximum).toBeGreaterThan(10);
});
