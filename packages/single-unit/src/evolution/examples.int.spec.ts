import { parseDocument, type SimulationBody } from '@reluctant/core';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evolutionOptionsSchema } from './evolution-options.js';
import { singleUnitEvolution } from './evolution-simulation.js';

/** What an example finds with fewer trials and updates, of its finest closure alone. */
async function run(name: string, mostSteps = 2000) {
  const text = readFileSync(new URL(`../../../../examples/single-unit/${name}.yaml`, import.meta.url), 'utf8');
  const { kind, ...options } = parseDocument(text, name).simulation as { kind: string; steps: number };
  expect(kind).toBe(singleUnitEvolution.kind);
  const bodies: SimulationBody[] = [];
  const small = { ...options, steps: Math.min(options.steps, mostSteps), trials: 1000, record: 10, closures: ['C2'] };
  await singleUnitEvolution.simulate(evolutionOptionsSchema.parse(small), {
    seed: 3,
    publish: (body) => bodies.push(body),
  });
  const result = bodies.find((body) => body.type === 'simulation.result')!.result as unknown as {
    deviation: { C2: { standardErrors: number; compared: number; outside: number } };
    assumptions: { closure: { C2: boolean }; stepSize: { holds: boolean | null } };
  };
  const warnings = bodies.flatMap((body) =>
    body.type === 'simulation.noted' && body.note.severity === 'warning' ? [body.note.text] : [],
  );
  return { ...result, warnings };
}

describe('the examples', () => {
  it.each(['linear-teacher', 'white-inputs', 'slow-unit', 'correlated-inputs', 'dying-unit', 'no-signal'])(
    '%s has its finest theory inside the simulated band',
    async (name) => {
      const { deviation, assumptions, warnings } = await run(name);
      expect(Math.abs(deviation.C2.standardErrors)).toBeLessThan(4.5);
      // One in a hundred by chance, but successive values are of the same trials.
      expect(deviation.C2.outside / deviation.C2.compared).toBeLessThan(0.1);
      expect(assumptions.closure.C2).toBe(true);
      expect(assumptions.stepSize.holds).not.toBe(false);
      expect(warnings).toEqual([]);
    },
  );

  it('pure-noise has the spread of the weights inside the band until it reaches their length', async () => {
    const { deviation, assumptions } = await run('pure-noise', 100);
    expect(assumptions).toMatchObject({ closure: { C2: true }, stepSize: { holds: null, bound: null } });
    expect(deviation.C2.outside / deviation.C2.compared).toBeLessThan(0.1);
  });

  it.each(['separatrix', 'small-weights', 'pure-noise'])('%s reports that its closures fail', async (name) => {
    const { deviation, assumptions, warnings } = await run(name);
    expect(Math.abs(deviation.C2.standardErrors)).toBeGreaterThan(10);
    expect(assumptions.closure.C2).toBe(false);
    expect(warnings).toEqual([expect.stringMatching(/^Closure error: C2, Gaussian cubature has \d+ of \d+ values/)]);
  });
});
