import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parameter } from '../graph/graph.js';
import pytorch from './fixtures/pytorch.json' with { type: 'json' };
import { optimizerSpecSchema, type OptimizerKind } from './optimizer-spec.js';
import { decayOf, numberAlgebra, parameterOfSlot, slotName, updateRule } from './update-rule.js';

interface State {
  readonly weight: number;
  readonly slots: Readonly<Record<string, number>>;
}

const specOf = (spec: object) => optimizerSpecSchema.parse(spec);

/** Minimises one number by its gradient, for as many steps as there are gradients. */
function minimise(
  spec: object,
  start: number,
  gradientAt: (weight: number, step: number) => number,
  steps: number,
  rate: number,
) {
  const parsed = specOf(spec);
  const rule = updateRule(parsed);
  let state: State = { weight: start, slots: Object.fromEntries(rule.slots.map((slot) => [slot, 0])) };
  for (let step = 0; step < steps; step++) {
    state = rule.update(numberAlgebra, {
      ...state,
      gradient: gradientAt(state.weight, step),
      scalars: rule.scalars(rate, step),
      decay: parsed.weightDecay,
    });
  }
  return state;
}

const KINDS: readonly OptimizerKind[] = ['sgd', 'momentum', 'nesterov', 'adam', 'adamw', 'rmsprop'];

describe('first steps, by hand', () => {
  // Gradients 1 then 0.5 from w = 1, at a learning rate of 0.1.
  const gradients = [1, 0.5];
  const after = (spec: object, steps: number) => minimise(spec, 1, (_w, step) => gradients[step], steps, 0.1);

  it('sgd: w − η(g + λw)', () => {
    expect(after({ kind: 'sgd' }, 2).weight).toBeCloseTo(1 - 0.1 - 0.05, 12);
    expect(after({ kind: 'sgd', weightDecay: 0.5 }, 1).weight).toBeCloseTo(1 - 0.1 * 1.5, 12);
  });

  it('momentum: v = mv + g, w − ηv', () => {
    const { weight, slots } = after({ kind: 'momentum', momentum: 0.8 }, 2);
    expect(slots.velocity).toBeCloseTo(0.8 + 0.5, 12);
    expect(weight).toBeCloseTo(1 - 0.1 - 0.13, 12);
  });

  it('nesterov: w − η(g + mv)', () => {
    expect(after({ kind: 'nesterov', momentum: 0.8 }, 1).weight).toBeCloseTo(1 - 0.1 * 1.8, 12);
    expect(after({ kind: 'nesterov', momentum: 0.8 }, 2).weight).toBeCloseTo(1 - 0.18 - 0.1 * (0.5 + 0.8 * 1.3), 12);
  });

  it('adam: the first step is the learning rate in size, whatever the gradient', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fc.boolean(), (size, negative) => {
        const gradient = negative ? -size : size;
        const { weight } = minimise({ kind: 'adam' }, 0, () => gradient, 1, 0.1);
        expect(weight).toBeCloseTo(-0.1 * Math.sign(gradient), 4);
      }),
    );
  });

  it('adamw: shrinks by ηλ apart from the gradient step', () => {
    const plain = after({ kind: 'adam' }, 1).weight;
    expect(after({ kind: 'adamw', weightDecay: 0.5 }, 1).weight).toBeCloseTo(plain - 0.1 * 0.5 * 1, 12);
    expect(after({ kind: 'adamw' }, 2)).toEqual(after({ kind: 'adam' }, 2));
  });

  it('rmsprop: w − ηg/(√s + ε)', () => {
    const { weight, slots } = after({ kind: 'rmsprop', rho: 0.9, epsilon: 1e-3 }, 1);
    expect(slots.meanSquare).toBeCloseTo(0.1, 12);
    expect(weight).toBeCloseTo(1 - 0.1 / (Math.sqrt(0.1) + 1e-3), 12);
  });
});

describe('PyTorch agrees over twenty steps', () => {
  const { start, learningRate, cases } = pytorch;

  it.each(cases)('$spec.kind, weight decay $spec.weightDecay', ({ spec, weights }) => {
    const gradientAt = (weight: number, step: number) => Math.sin(3 * weight) + 0.1 * step;
    for (const [step, expected] of weights.entries()) {
      for (const [index, weight] of expected.entries()) {
        const state = minimise(spec, start[index], gradientAt, step + 1, learningRate);
        expect(state.weight, `weight ${index} after step ${step}`).toBeCloseTo(weight, 10);
      }
    }
  });

  it('covers every kind', () => {
    expect(new Set(cases.map(({ spec }) => spec.kind))).toEqual(new Set(KINDS));
  });
});

describe('every kind', () => {
  it.each(KINDS)('%s finds the minimum of a parabola', (kind) => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (start, minimum) => {
          const { weight } = minimise({ kind }, start, (w) => w - minimum, 2000, 0.01);
          expect(Math.abs(weight - minimum)).toBeLessThan(0.02);
        },
      ),
      { numRuns: 20 },
    );
  });

  it.each(KINDS)('%s stays at a stationary point, and names its slots', (kind) => {
    const rule = updateRule(specOf({ kind }));
    const state = minimise({ kind }, 0.7, () => 0, 3, 0.1);
    expect(state.weight).toBe(0.7);
    expect(state.slots).toEqual(Object.fromEntries(rule.slots.map((slot) => [slot, 0])));
  });

  it.each(KINDS)('%s pulls towards zero with weight decay', (kind) => {
    const { weight } = minimise({ kind, weightDecay: 0.1 }, 1, () => 0, 10, 0.01);
    expect(weight).toBeLessThan(1);
    expect(weight).toBeGreaterThan(0);
  });
});

it('weight decay spares biases and batch normalisation unless it is on all', () => {
  const parameter = (role: Parameter['role']): Parameter => ({
    name: `layer/${role}`,
    shape: [2],
    trainable: true,
    role,
  });
  const onKernels = specOf({ kind: 'sgd', weightDecay: 0.1 });
  const onAll = specOf({ kind: 'sgd', weightDecay: 0.1, decayOn: 'all' });
  const roles = ['kernel', 'bias', 'gamma', 'beta'] as const;
  expect(roles.map((role) => decayOf(onKernels, parameter(role)))).toEqual([0.1, 0, 0, 0]);
  expect(roles.map((role) => decayOf(onAll, parameter(role)))).toEqual([0.1, 0.1, 0.1, 0.1]);
});

it('slots are kept under the name of their parameter', () => {
  expect(slotName('velocity', 'conv1/kernel')).toBe('optimizer/velocity/conv1/kernel');
  expect(parameterOfSlot(slotName('velocity', 'block/conv1/kernel'))).toBe('block/conv1/kernel');
  expect(parameterOfSlot('conv1/kernel')).toBeUndefined();
});
