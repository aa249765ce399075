import type { Simulation, SimulationBody } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { singleUnitDeath } from './death/death-simulation.js';
import { singleUnitEvolution } from './evolution/evolution-simulation.js';
import { singleUnitMap } from './map/map-simulation.js';
import { singleUnitRates } from './rates/rates-simulation.js';
import { singleUnitSimulation } from './simulation/single-unit-simulation.js';

const correlated = { inputs: 12, covariance: { kind: 'ar1', correlation: 0.5 }, inputMean: 0.3 };
const he = { kind: 'he' };

interface Question {
  readonly simulation: Simulation<unknown>;
  readonly quick: object;
  /** Options by which the theory alone takes minutes, and where it begins. */
  readonly long?: { readonly options: object; readonly label: RegExp };
}

const questions = [
  { simulation: singleUnitSimulation, quick: { trials: 200, steps: 500 } },
  {
    simulation: singleUnitEvolution,
    quick: { ...correlated, trials: 100, steps: 100, record: 5 },
    long: { options: { ...correlated, trials: 2, steps: 200_000, closures: ['C2'] }, label: /theory: C2/ },
  },
  {
    simulation: singleUnitRates,
    quick: { probabilities: [0.5, 0.3], trials: 16 },
    long: { options: { probabilities: [1e-7, 0.5], trials: 0 }, label: /mean field/ },
  },
  {
    simulation: singleUnitDeath,
    quick: { inputCounts: [4], noises: [0.1], stepSizes: [0.1], initializations: [he], horizon: 30, trials: 100 },
    long: {
      options: {
        ...{ inputCounts: [4], noises: [0.1], stepSizes: [0.5], initializations: [he], trials: 2, horizon: 1e5 },
        teacher: { kind: 'zero' },
      },
      label: /theory: mean field/,
    },
  },
  {
    simulation: singleUnitMap,
    quick: { columns: 3, rows: 5, trajectories: 2, horizon: 50, trials: 20 },
    long: { options: { columns: 100, rows: 100, horizon: 1e4 }, label: /mean field/ },
  },
] as readonly Question[];

describe.each(questions)('$simulation.kind', ({ simulation, quick }) => {
  it('has a progress that rises to its total, which stays the same', async () => {
    const events: Extract<SimulationBody, { type: 'progress' }>[] = [];
    await simulation.simulate(simulation.options.parse(quick), {
      seed: 1,
      publish: (body) => void (body.type === 'progress' && events.push(body)),
    });
    expect(events[0].done).toBe(0);
    expect(events.at(-1)!.done).toBe(events.at(-1)!.total);
    expect(new Set(events.map(({ total }) => total)).size).toBe(1);
    events.slice(1).forEach(({ done }, i) => expect(done).toBeGreaterThanOrEqual(events[i].done));
  });
});

describe.each(questions.flatMap(({ simulation, long }) => (long ? [{ simulation, ...long }] : [])))(
  '$simulation.kind',
  ({ simulation, options, label }) => {
    it("ends in the middle of a long theory when it is aborted, with the signal's reason", async () => {
      const controller = new AbortController();
      const reason = new Error('enough');
      let aborted: NodeJS.CpuUsage | undefined;
      let published: string[] = [];
      const abort = () => {
        aborted = process.cpuUsage();
        published = [];
        controller.abort(reason);
      };
      const run = simulation.simulate(simulation.options.parse(options), {
        seed: 1,
        signal: controller.signal,
        publish: (body) => {
          published.push(body.type);
          // Not at once, but while the theory is computed.
          if (body.type === 'progress' && label.test(body.label)) setTimeout(abort, 50).unref();
        },
      });
      await expect(run).rejects.toBe(reason);
      // Of the processor's time: a slice takes 30 ms, but a busy machine gives it its turn late.
      const { user, system } = process.cpuUsage(aborted!);
      expect(user + system).toBeLessThan(1_000_000);
      expect(published).toEqual([]);
    });
  },
);
