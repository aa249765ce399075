import { afterAll, describe, expect, it } from 'vitest';
import type { InitializationOptions } from '../model/initializations.js';
import { unitModel } from '../model/unit-model.js';
import { unitOptionsSchema } from '../model/unit-options.js';
import { simulate, type SimulationContext, type SimulationOptions } from './simulate.js';
import { SimulationWorkers } from './simulation-workers.js';

const modelOf = (options: object) => unitModel(unitOptionsSchema.parse(options));
const he: InitializationOptions = { kind: 'he' };
const MODEL = modelOf({ inputs: 16 });
const run = (options: Partial<SimulationOptions> = {}, context: SimulationContext = {}, model = MODEL) =>
  simulate(model, { start: he, trials: 200, grid: [0, 10, 100, 200], seed: 1, ...options }, context);

describe('threads', () => {
  // Long enough to be worth them.
  const long = { trials: 300, grid: [0, 1, 10, 1000, 50_000] };
  const pools = [1, 3].map((threads) => new SimulationWorkers(threads));
  afterAll(() => Promise.all(pools.map((pool) => pool.close())));

  it('change nothing in the results, whatever their number', async () => {
    const [one, three] = await Promise.all(pools.map((workers) => run(long, { workers })));
    expect(three).toEqual(one);
  });

  it('change nothing against the main thread', async () => {
    const short = { trials: 130, grid: [0, 5, 300] };
    const here = await run(short);
    // A later point makes the same beginning long enough for threads.
    const threads = await run({ ...short, grid: [0, 5, 300, 250_000] }, { workers: pools[1] });
    expect(threads.activation.mean.slice(0, 3)).toEqual(here.activation.mean);
    expect(threads.covariance!.slice(0, here.covariance!.length)).toEqual(here.covariance);
  });

  it('leave the event loop free, tell how far they are, and stop when asked', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const seen: number[] = [];
    const endless = run(
      { trials: 1000, grid: [0, 1e12] },
      {
        workers: pools[1],
        signal: controller.signal,
        onProgress: ({ done, total }) => {
          expect(total).toBe(1e15);
          if (done > 0) seen.push(done);
          if (seen.length === 3) controller.abort(reason);
        },
      },
    );
    await expect(endless).rejects.toBe(reason);
    expect(seen[2]).toBeGreaterThan(seen[0]);
    // The pool goes on working for others.
    expect((await run(long, { workers: pools[1] })).trials).toBe(300);
  });
});

describe('simulate', () => {
  it('is decided by the seed and the start', async () => {
    const result = await run();
    expect(await run()).toEqual(result);
    expect((await run({ seed: 2 })).activation.mean).not.toEqual(result.activation.mean);
  });

  it.each(['full', 'order-parameters'] as const)('has shapes, exact first points and hits: %s', async (method) => {
    const result = await run({ method, deadBelow: 0.4 }, {}, modelOf({ inputs: 3, stepSize: 0.1 }));
    expect(result).toMatchObject({ method, trials: 200, k: [0, 10, 100, 200], stoppedEarly: false });
    expect(result.weights.mean).toHaveLength(16);
    expect(result.covariance).toHaveLength(64);
    expect(result.activation.quantiles).toHaveLength(20);
    expect([...result.activation.quantiles.subarray(0, 5)]).toEqual(Array(5).fill(0.5));
    expect(result.activation.mean[0]).toBe(0.5);
    // E w² of He's weights is 2/3.
    expect(result.variance[1] / (2 / 3)).toBeCloseTo(1, 0);
    expect(result.dead.ever[0]).toBe(0);
    for (let i = 1; i < 4; i++) {
      expect(result.dead.ever[i]).toBeGreaterThanOrEqual(Math.max(result.dead.ever[i - 1], result.dead.now[i]));
    }
    expect(result.dead.everyUpdate).toBe(true);
    expect(result.squaredError.mean[3] - result.excessError.mean[3]).toBeCloseTo(0.01, 14);
  });

  it('chooses order parameters where they are exact, and says why not', async () => {
    expect((await run()).method).toBe('order-parameters');
    expect(await run({}, {}, modelOf({ momentum: 0.5 }))).toMatchObject({
      method: 'full',
      methodReason: expect.stringContaining('momentum'),
    });
    await expect(run({ method: 'order-parameters' }, {}, modelOf({ momentum: 0.5 }))).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('momentum'),
    });
  });

  it('stops where means have come to rest', async () => {
    const grid = [0, 20, 50, 100, 200, 300, 400, 600, 800, 1200, 1600, 2400, 50_000];
    const model = modelOf({ inputs: 4, teacher: { bias: 1 }, stepSize: 0.05 });
    const start: InitializationOptions = { kind: 'weights', weights: [1, 0.1, 0, 0], bias: 0.5 };
    const result = await run({ start, grid, trials: 1000, tolerance: 0.1 }, {}, model);
    expect(result.stoppedEarly).toBe(true);
    const last = result.k.length - 1;
    expect(result.k).toEqual(grid.slice(0, last + 1));
    // In parts it is the same simulation.
    const whole = await run({ start, grid: result.k, trials: 1000 }, {}, model);
    expect(whole.activation).toEqual(result.activation);
    expect(whole.dead).toEqual(result.dead);
    const earlier = grid.findLastIndex((k) => k <= result.k[last] / 2);
    const [before, now] = [earlier, last].map((point) => result.excessError.mean[point]);
    expect(Math.abs(now - before)).toBeLessThanOrEqual(0.1 * now);
  });

  it('reports a trial that grew beyond all bounds', async () => {
    const model = modelOf({ rule: 'lms', stepSize: 50, teacher: { kind: 'linear' } });
    await expect(run({}, {}, model)).rejects.toMatchObject({
      code: 'RUN_DIVERGED',
      message: expect.stringContaining('"he"'),
    });
  });

  it('simulates inputs that are not normal, and counts instead of integrating', async () => {
    const patches = [[1, 0, 0], [0, 1, 0], [-1, 0, 1], [0, -1, -1]]; // prettier-ignore
    const result = await run({ deadBelow: 0.3 }, {}, modelOf({ inputs: 3, distribution: 'patches', patches }));
    expect(result.method).toBe('full');
    for (const value of result.activation.quantiles) expect((8 * value) % 1).toBe(0);
    expect(result.dead).toMatchObject({ everyUpdate: false });
    const uniform = await run({}, {}, modelOf({ inputs: 3, distribution: 'uniform' }));
    expect(uniform.activation.mean[3]).toBeLessThan(0.5);
  });
});
