import { optimizerSpecSchema, type SimulationBody } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { normalCdf } from '../numerics/normal.js';
import { fitOptionsSchema, type Observation } from './fit-options.js';
import { singleUnitFit } from './fit-simulation.js';
import { shiftMotion } from './shift-motion.js';

const optimizer = (spec: object) => optimizerSpecSchema.parse(spec);
const sgd = optimizer({ kind: 'sgd' });

/** Records of a unit whose pre-activation is normal, at steps 0, 10, 20 and 50, with these means and a deviation of 2. */
function recorded(means: readonly number[], sums: readonly (number | undefined)[]): Observation[] {
  return [0, 10, 20, 50].map((step, at) => ({
    step,
    epoch: step / 10,
    images: 1000,
    probability: normalCdf(means[at] / 2),
    preactivation: { mean: means[at], deviation: 2 },
    ...(sums[at] !== undefined && { gradient: { sum: sums[at], learningRate: 0.1 } }),
  }));
}

describe('shiftMotion', () => {
  it('of plain descent is the learning rate times the sums, with the opposite sign', () => {
    const moved = shiftMotion(recorded([0, 0, 0, 0], [undefined, 5, -2, 6]), sgd);
    expect(moved).toEqual([0, -0.5, -0.3, -0.9].map((value) => expect.closeTo(value, 12) as number));
  });

  it.each([
    ['momentum', false],
    ['nesterov', true],
  ] as const)('of %s lets gradients act on after their window', (kind, looksAhead) => {
    const moved = shiftMotion(recorded([0, 0, 0, 0], [undefined, 10, 0, 0]), optimizer({ kind, momentum: 0.8 }));
    let [velocity, weight] = [0, 0];
    const expected = [0];
    for (let step = 1; step <= 50; step++) {
      const gradient = step <= 10 ? 1 : 0;
      velocity = 0.8 * velocity + gradient;
      weight -= 0.1 * (looksAhead ? gradient + 0.8 * velocity : velocity);
      if ([10, 20, 50].includes(step)) expected.push(weight);
    }
    moved.forEach((value, at) => expect(value).toBeCloseTo(expected[at], 12));
    // All of it in the end: μ/(1 − β) times the sum.
    expect(moved[3]).toBeCloseTo(-5, 3);
    expect(moved[1]).toBeGreaterThan(-5);
  });

  it('is not known where gradients are missing, and goes on from a sum over the gap', () => {
    const moved = shiftMotion(recorded([0, 0, 0, 0], [undefined, 5, undefined, 6]), sgd);
    expect(moved).toEqual([0, expect.closeTo(-0.5, 12), NaN, expect.closeTo(-1.1, 12)]);
  });
});

async function published(options: object) {
  const bodies: SimulationBody[] = [];
  await singleUnitFit.simulate(fitOptionsSchema.parse(options), { seed: 1, publish: (body) => bodies.push(body) });
  const theories = bodies.flatMap((body) => (body.type === 'simulation.predicted' ? [body.series] : []));
  const notes = bodies.flatMap((body) => (body.type === 'simulation.noted' ? [body.note] : []));
  const result = bodies.find((body) => body.type === 'simulation.result')!.result as unknown as {
    mean: { recorded: number[]; shiftMotion: number[]; deviation: { outside: number } } | null;
    theory: { shiftMotion: { p: number[]; deviation: { largest: { standardErrors: number } } } | null };
  };
  return { theories, notes, text: notes.map((note) => note.text).join(' '), result };
}

describe('what single-unit-fit says of the motion of a unit', () => {
  const sums = [undefined, 5, 5, 10];
  const byBias = recorded([1, 0.5, 0, -1], sums);

  it('is all of it where nothing but the bias moved', async () => {
    const { theories, result, text, notes } = await published({ observations: byBias, shift: 'bias', optimizer: sgd });
    expect(theories.map(({ name, theory }) => `${name}: ${theory}`)).toContain('E[w·x + b]: moved by its bias alone');
    expect(result.mean!.shiftMotion).toEqual([1, 0.5, 0, -1].map((mean) => expect.closeTo(mean, 12) as number));
    expect(Math.abs(result.theory.shiftMotion!.deviation.largest.standardErrors)).toBeLessThan(1e-6);
    expect(text).toContain('From then to epoch 5 the mean moved by -2; the bias accounts for -2.');
    expect(text).toContain('which chance explains');
    expect(notes.every(({ severity }) => severity === 'information')).toBe(true);
  });

  it('is the part of the bias where weights and inputs moved it too', async () => {
    const observations = recorded([1, 2, 3, 5], sums);
    const { result, text } = await published({ observations, shift: 'bias', optimizer: sgd });
    expect(result.mean!.deviation.outside).toBe(3);
    expect(text).toContain('the mean moved by 4; the bias accounts for -2.');
  });

  it('starts after a batch norm when its moving statistics have seen batches', async () => {
    const observations = recorded([9, 0.5, 0, -1], sums);
    const { result, text } = await published({ observations, shift: 'batch-norm', optimizer: sgd });
    expect(result.mean!.shiftMotion).toEqual([NaN, ...[0.5, 0, -1].map((mean) => expect.closeTo(mean, 12) as number)]);
    expect(result.theory.shiftMotion!.p[0]).toBeNaN();
    expect(text).toMatch(/starts at the mean recorded at epoch 1.*β accounts for -1\.5.*a = β\/\|γ\|/);
  });

  it.each<[string, object, RegExp]>([
    ['gradients', { observations: recorded([1, 0, 0, 0], []) }, /add the probe gradient/],
    ['a bias', { observations: byBias, optimizer: sgd }, /names no bias/],
    ['an optimizer', { observations: byBias, shift: 'bias' }, /does not name its optimizer/],
    ['sums that tell', { observations: byBias, shift: 'bias', optimizer: optimizer({ kind: 'adam' }) }, /adam scales/],
    [
      'pre-activations',
      { observations: byBias.map(({ preactivation: _, ...rest }) => rest) },
      /takes the probes pre-activation and gradient/,
    ],
  ])('is not shown without %s, and why', async (_, options, reason) => {
    const { theories, result, text } = await published(options);
    expect(result.mean).toBeNull();
    expect(result.theory.shiftMotion).toBeNull();
    expect(theories.some(({ theory }) => theory.startsWith('moved'))).toBe(false);
    expect(text).toMatch(reason);
  });

  it('warns where the pre-activation is not normal, and of a decay that is left out', async () => {
    const observations = byBias.map((one) => ({ ...one, probability: one.probability + (one.step === 20 ? 0.2 : 0) }));
    const decaying = optimizer({ kind: 'sgd', weightDecay: 0.1, decayOn: 'all' });
    const { notes, text } = await published({ observations, shift: 'bias', optimizer: decaying });
    const [warning] = notes.filter(({ severity }) => severity === 'warning');
    expect(warning.text).toMatch(
      /It is not: .* at epoch 2, by -0\.2 .* outside the band at 1 of 4 records \(epoch 2\)/,
    );
    expect(text).toContain('The weight decay of the bias is left out.');
  });
});
