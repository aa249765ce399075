import { Random, type SimulationBody } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf } from '../numerics/normal.js';
import { rectifiedMoments } from '../numerics/rectified-moments.js';
import { noSignalThreshold } from '../theory/death/no-signal-law.js';
import { fitOptionsSchema, type Observation } from './fit-options.js';
import { singleUnitFit } from './fit-simulation.js';
import { fitNoSignalLaw } from './no-signal-fit.js';
import { rectifiedNormalThreshold } from './rectified-normal.js';

const STEPS = [0, 100, 200, 500, 1000, 2000];

/** What would be recorded of a unit that fades by the law, counted on so many images, or exactly. */
function fading(rate: number, images: number, random?: Random): Observation[] {
  return STEPS.map((step) => {
    const p = normalCdf(noSignalThreshold(0.3, rate * step));
    let fired = 0;
    if (random) for (let image = 0; image < images; image++) fired += random.uniform() < p ? 1 : 0;
    return { step, epoch: step / 100, images, probability: random ? fired / images : p };
  });
}

describe('rectifiedNormalThreshold', () => {
  it('finds the threshold of a normal variable by the moments of its positive part, whatever its size', () => {
    const threshold = fc.double({ min: -12, max: 5, noNaN: true });
    const deviation = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(threshold, deviation, (a, sd) => {
        const [, first, second] = rectifiedMoments(a, 2);
        expect(rectifiedNormalThreshold(sd * first, sd * sd * second)).toBeCloseTo(a, 6);
      }),
    );
  });

  it('knows silent units and constant ones', () => {
    expect(rectifiedNormalThreshold(0, 0)).toBe(-Infinity);
    expect(rectifiedNormalThreshold(2, 4)).toBe(Infinity);
  });
});

describe('fitNoSignalLaw', () => {
  it('finds the rate at which exact probabilities fade, and passes through all of them', () => {
    const observations = fading(0.004, 1000);
    const fit = fitNoSignalLaw(observations)!;
    expect(fit.rate).toBeCloseTo(0.004, 12);
    observations.forEach(({ probability }, at) => expect(fit.probabilities[at]).toBeCloseTo(probability, 9));
  });

  it('finds it within its standard error where images were counted', () => {
    for (let seed = 0; seed < 10; seed++) {
      const observations = fading(0.004, 20_000, new Random(seed, 'fading'));
      // The first observation is taken as exact.
      observations[0] = { ...observations[0], probability: normalCdf(0.3) };
      const { rate, standardError } = fitNoSignalLaw(observations)!;
      expect(Math.abs(rate - 0.004)).toBeLessThan(4.5 * standardError);
      expect(standardError).toBeLessThan(0.0004);
    }
  });

  it('has a rate below 0 for a unit that fires ever more, and none without a threshold to start from', () => {
    const rising = fading(0.004, 1000).map(({ probability, ...rest }) => ({ ...rest, probability: 1 - probability }));
    expect(fitNoSignalLaw(rising)!.rate).toBeLessThan(0);
    expect(fitNoSignalLaw([{ ...rising[0], probability: 0 }, ...rising.slice(1)])).toBeUndefined();
  });
});

async function published(options: object): Promise<readonly SimulationBody[]> {
  const bodies: SimulationBody[] = [];
  await singleUnitFit.simulate(fitOptionsSchema.parse(options), { seed: 1, publish: (body) => bodies.push(body) });
  return bodies;
}
const theoriesOf = (bodies: readonly SimulationBody[]) =>
  bodies.flatMap((body) => (body.type === 'simulation.predicted' ? [body.series] : []));
const notesOf = (bodies: readonly SimulationBody[]) =>
  bodies.flatMap((body) => (body.type === 'simulation.noted' ? [body.note.text] : [])).join(' ');

describe('single-unit-fit', () => {
  it('overlays every prediction that the record allows, and says how far each is off', async () => {
    const observations = fading(0.004, 1000).map((observation) => {
      const a = noSignalThreshold(0.3, 0.004 * observation.step);
      const [, mean, meanSquare] = rectifiedMoments(a, 2);
      return { ...observation, preactivation: { mean: 2 * a + 0.4, deviation: 2 }, activation: { mean, meanSquare } };
    });
    const bodies = await published({ observations, learningRate: 0.05 });
    expect(theoriesOf(bodies).map(({ theory }) => theory)).toEqual([
      'no signal (reference: rate fitted)',
      'normal pre-activation, from E[y] and E[y²]',
      'normal pre-activation, Φ(mean/deviation)',
    ]);
    const result = bodies.find((body) => body.type === 'simulation.result')!.result as unknown as {
      theory: Record<string, { deviation: { outside: number; largest: { standardErrors: number } } }>;
      noSignalRate: { perStep: number };
    };
    expect(result.theory.rectifiedNormal.deviation.largest.standardErrors).toBeCloseTo(0, 5);
    // Its mean is 0.2 standard deviations too high.
    expect(result.theory.normalPreactivation.deviation.outside).toBe(6);
    expect(result.noSignalRate.perStep).toBeCloseTo(0.004, 12);
    expect(notesOf(bodies)).toContain('the mean learning rate is 0.05');
  });

  it('says what a record lacks, and shows what is left', async () => {
    const bodies = await published({ observations: fading(0.004, 1000) });
    expect(theoriesOf(bodies)).toHaveLength(1);
    expect(notesOf(bodies)).toMatch(
      /no mean and variance of the pre-activation: add the probe pre-activation.*which the probe activation-stats would record/,
    );
    const silent = fading(0.004, 10).map((observation) => ({ ...observation, probability: 0 }));
    expect(theoriesOf(await published({ observations: silent }))).toEqual([]);
  });

  it('refuses observations out of order', () => {
    const [first, second] = fading(0.004, 10);
    const { error } = fitOptionsSchema.safeParse({ observations: [second, first] });
    expect(error!.issues[0]).toMatchObject({ path: ['observations', 1, 'step'] });
  });
});
