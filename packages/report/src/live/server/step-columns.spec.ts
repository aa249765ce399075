import { expect, it } from 'vitest';
import { StepColumns } from './step-columns.js';

it('gives back what was added, in order, beyond any capacity', () => {
  const columns = new StepColumns();
  expect(columns.last).toBeUndefined();
  const steps = Array.from({ length: 5000 }, (_, index) => ({
    step: index,
    epoch: index / 7,
    loss: index % 2 ? NaN : 1 / index,
  }));
  for (const step of steps) columns.add(step);
  expect(columns.all()).toEqual(steps);
  expect(columns.last).toEqual(steps.at(-1));
});
