import type { EventBody, SimulationBody } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { mapOptionsSchema } from './map-options.js';
import { singleUnitMap } from './map-simulation.js';

const small = { columns: 4, rows: 9, trajectories: 8, horizon: 100, deadBelow: 0.01 };

async function map(options: object) {
  const bodies: SimulationBody[] = [];
  await singleUnitMap.simulate(mapOptionsSchema.parse({ ...small, ...options }), {
    seed: 1,
    publish: (body) => bodies.push(body),
  });
  const of = <T extends EventBody['type']>(type: T) =>
    bodies.filter((body): body is Extract<SimulationBody, { type: T }> => body.type === type);
  return {
    picture: of('simulation.mapped')[0].map,
    simulated: of('simulation.sampled').map(({ series }) => series),
    result: of('simulation.result')[0].result as unknown as { p: number[][]; boundary: [number, number][] },
  };
}

describe('single-unit-map', () => {
  it('has the basin of death below its boundary, and every trajectory named by how it ends', async () => {
    const { picture, result, simulated } = await map({ trials: 0 });
    expect(simulated).toEqual([]);
    expect(result.p).toHaveLength(9);
    for (const [norm, critical] of result.boundary) {
      const column = picture.x.values.indexOf(norm);
      picture.y.values.forEach((overlap, row) => {
        expect(result.p[row][column] < 0.01, `|w| ${norm}, overlap ${overlap}`).toBe(overlap < critical);
      });
    }
    // Units with large weights die from farther away.
    expect(result.boundary.length).toBe(4);
    expect(result.boundary.at(-1)![1]).toBeGreaterThan(result.boundary[0][1]);
    const ends = new Set(picture.lines.map(({ label }) => label));
    expect([...ends].sort()).toEqual(['Pr[y>0] < 0.01 below it', 'dies', 'lives']);
  });

  it('finds the mean field right far from the boundary, where it is simulated', async () => {
    const [dead] = (await map({ trials: 40, stepSize: 0.01 })).simulated;
    expect(dead.axis.values).toHaveLength(9);
    expect(dead.mean[0]).toBeGreaterThan(0.9);
    expect(dead.mean.at(-1)).toBe(0);
  });

  it('maps the threshold of the first bias as well: a silent unit dies, an active one lives', async () => {
    const { picture, result } = await map({ plane: 'norm-threshold', startOverlap: -0.6, trials: 0 });
    expect(picture.y.label).toBe('a = b/|w|');
    expect(picture.points).toEqual([{ label: "the teacher's weights", x: 1, y: -1 }]);
    expect(result.p[0].every((p) => p < 0.02)).toBe(true);
    expect(result.p.at(-1)![0]).toBeGreaterThan(0.05);
    expect(result.boundary).toEqual([]);
  });

  it('refuses a plane without extent', () => {
    const { error } = mapOptionsSchema.safeParse({ smallestNorm: 2, largestNorm: 1, thresholds: [1, 1], trials: 1 });
    expect(error!.issues.map(({ path }) => path.join('.'))).toEqual(['largestNorm', 'thresholds', 'trials']);
  });
});
