import type { EventBody, SimulationBody } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { deathOptionsSchema } from './death-options.js';
import { singleUnitDeath } from './death-simulation.js';
import type { DeathCell } from './death-study.js';

async function death(options: object) {
  const bodies: SimulationBody[] = [];
  await singleUnitDeath.simulate(deathOptionsSchema.parse(options), { seed: 1, publish: (body) => bodies.push(body) });
  const of = <T extends EventBody['type']>(type: T) =>
    bodies.filter((body): body is Extract<SimulationBody, { type: T }> => body.type === type);
  const { cells } = of('simulation.result')[0].result as unknown as {
    cells: (DeathCell & { meanField: number | null })[];
  };
  return {
    cells,
    curves: of('simulation.sampled').map(({ series }) => series),
    lines: of('simulation.predicted').map(({ series }) => series),
    table: of('simulation.tabulated')[0].table,
    notes: of('simulation.noted')
      .map(({ note }) => note.text)
      .join(' '),
  };
}

describe('single-unit-death', () => {
  it('comes near the mean field with small steps, and has more deaths with large ones', async () => {
    const { cells, curves, lines, table } = await death({
      inputCounts: [4],
      stepSizes: [0.2, 0.0025],
      noises: [0.1],
      initializations: [{ kind: 'he' }],
      horizon: 80,
      trials: 1000,
      confidence: 0.999,
    });
    const [large, small] = cells;
    expect([large.steps, small.steps]).toEqual([400, 32_000]);
    // Integrated over the law of the start by an independent implementation: 0.27487.
    expect(small.meanField).toBeCloseTo(0.2749, 3);
    expect(small.dead.lower).toBeLessThan(0.275);
    expect(small.dead.upper).toBeGreaterThan(0.275);
    // 20,000 trials of an independent simulation: 0.499.
    expect(large.dead.lower).toBeLessThan(0.499);
    expect(large.dead.upper).toBeGreaterThan(0.499);
    expect(large.ever.value).toBeGreaterThanOrEqual(large.dead.value);
    expect(curves[0].axis.values).toEqual([0.0025, 0.2]);
    expect(curves[0].mean).toEqual([small.dead.value, large.dead.value]);
    expect(lines[0].values).toEqual([small.meanField, small.meanField]);
    expect(table.rows).toHaveLength(2);
  });

  it('sets initialisations side by side, and says whether they differ', async () => {
    const { cells, curves, notes } = await death({
      inputCounts: [2, 3],
      stepSizes: [0.1],
      noises: [0.1, 1],
      initializations: [{ kind: 'he' }, { kind: 'gaussian', deviation: 0.01 }],
      steps: 300,
      trials: 60,
    });
    expect(cells.map(({ inputs, noise, initialization }) => `${inputs} ${noise} ${initialization}`)).toEqual(
      ['2 0.1', '2 1', '3 0.1', '3 1'].flatMap((at) => [`${at} he`, `${at} gaussian σ=0.01`]),
    );
    expect(new Set(curves.map(({ name }) => name)).size).toBe(4);
    expect(cells.every(({ meanField, steps }) => meanField === null && steps === 300)).toBe(true);
    expect(notes).toMatch(/Regardless of initialisation\? In \d of 4 conditions/);
  });

  it('has no death where a zero-mean input meets a unit without a bias', async () => {
    const { cells, lines } = await death({
      inputCounts: [3],
      stepSizes: [0.05],
      noises: [1],
      bias: false,
      initializations: [{ kind: 'he' }, { kind: 'xavier' }],
      horizon: 10,
      trials: 20,
    });
    expect(cells.map(({ ever, activation }) => [ever.value, activation])).toEqual([[0, 0.5], [0, 0.5]]); // prettier-ignore
    expect(lines).toEqual([]);
  });

  it('checks every combination of options', () => {
    const options = { inputCounts: [2, 3], inputMean: [1, 1], stepSizes: [0.1, 0.1], noises: [-1] };
    const paths = deathOptionsSchema.safeParse(options).error!.issues.map(({ path }) => path.join('.'));
    expect(paths).toEqual(expect.arrayContaining(['stepSizes', 'noises.0']));
    const { error } = deathOptionsSchema.safeParse({ inputCounts: [2, 3], inputMean: [1, 1] });
    expect(error!.issues.map(({ message }) => message)).toEqual(['It needs one mean for each of the 3 inputs, not 2.']);
  });
});
