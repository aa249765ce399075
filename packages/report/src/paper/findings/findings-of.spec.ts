import { describe, expect, it } from 'vitest';
import { DEATH, plainSites, plantedArm, plantedStudy, RATES, RULE } from '../samples/planted-study.js';
import { findingsOf } from './findings-of.js';
import { initializationSpread } from './initialization-spread.js';

const SEEDS = [1, 2, 3, 4];

describe('findingsOf', () => {
  it('finds what is planted', () => {
    const { table, ...findings } = findingsOf(plantedStudy());
    expect(table.map(({ id, where, verdict }) => `${id} ${where}: ${verdict}`)).toEqual([
      'F1 plain: holds',
      'F1 residual: holds',
      'F2 plain: holds',
      'F2 residual: undecided',
      'F3 residual: holds',
      'F4 plain: holds',
      'F5 single unit: holds',
      'F6 single unit: holds',
    ]);
    expect(table[0]!.result).toMatch(
      /^0\.3\d\d, 0\.3\d\d … 0\.3\d\d over 4 seeds, of which 4 converged; 24 of 24 sites below 0\.5$/,
    );
    expect(table[6]!.result).toBe('time constant as p to the power of −1.7, −1.71 … −1.69; theory −1.77, outside');
    expect(findings.factors[0]!.arms[1]).toMatchObject({ runs: 4, diverged: 4, mean: null, dead: null });
    expect(findings.factors[0]!.range).toBeNull();
    expect(findings.singleUnitDeath!.rows[0]).toMatchObject({
      initialization: 'he',
      trials: 200,
      dead: 40,
      settings: 2,
      least: 0.1,
      greatest: 0.3,
    });
  });

  it('says what was not tested', () => {
    const nothing = { networks: [], skips: [], initializers: [], factors: [], rates: null, death: null };
    const { table, convergence } = findingsOf(plantedStudy(nothing));
    expect(table.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(
      ['F1', 'F2', 'F3', 'F4', 'F5', 'F6'].map((id) => `${id} not tested`),
    );
    expect(convergence).toEqual([]);
  });

  it('does not mind in which order runs come', () => {
    const study = plantedStudy();
    const turned = { ...study, networks: study.networks.map((arm) => ({ ...arm, runs: [...arm.runs].reverse() })) };
    const [one, other] = [findingsOf(study), findingsOf(turned)];
    expect(other.table).toEqual(one.table);
    expect(other.belowHalf[0]!.mean.mean).toBeCloseTo(one.belowHalf[0]!.mean.mean, 12);
  });

  it.each([
    [{ rates: { p: [1] } }, /rates.*timeConstant/],
    [{ death: { ...DEATH, trials: 'many' } }, /death.*trials/],
  ])('refuses a record that is not one: %j', (more, message) => {
    expect(() => findingsOf(plantedStudy(more))).toThrow(message);
  });

  it('judges single units by their intervals', () => {
    const exponent = { theory: -1.77, simulated: { value: 0.1, lower: 0.05, upper: 0.15 } };
    const noDeath = { ...DEATH, cells: [...DEATH.cells, { initialization: 'lecun', dead: { value: 0 } }] };
    const { table } = findingsOf(plantedStudy({ rates: { ...RATES, exponent }, death: noDeath }));
    expect(table.at(-2)!.verdict).toBe('does not hold');
    expect(table.at(-1)!.verdict).toBe('undecided');
    const unmeasured = findingsOf(plantedStudy({ rates: { ...RATES, exponent: { theory: -1.77, simulated: null } } }));
    expect(unmeasured.slowingDown!.verdict).toBe('undecided');
  });
});

describe('initializationSpread', () => {
  const arm = (label: string, level: number) =>
    plantedArm({ label, sites: plainSites(4), activation: () => level, seedDeviation: 0.01 }, SEEDS);

  it('tells a difference between initializers from one between seeds', () => {
    const apart = initializationSpread({ label: 'x', arms: [arm('a', 0.2), arm('bb', 0.3), arm('ccc', 0.4)] }, RULE);
    expect(apart.verdict).toBe('holds');
    expect(apart.range).toBeCloseTo(0.2, 1);
    expect(apart.activation!.share).toBeGreaterThan(0.9);
    expect(apart.activation!.p).toBeLessThan(1e-4);
    const alike = initializationSpread({ label: 'x', arms: [arm('a', 0.3), arm('bb', 0.3), arm('ccc', 0.3)] }, RULE);
    expect(alike.activation!.interval.lower).toBe(0);
    expect(alike.activation!.p).toBeGreaterThan(0.01);
  });

  it('does not hold where one initializer ends above, and leaves out one that always diverges', () => {
    const diverged = plantedArm(
      { label: 'dddd', sites: plainSites(4), activation: () => 0.9, status: 'diverged' },
      SEEDS,
    );
    expect(initializationSpread({ label: 'x', arms: [arm('a', 0.2), arm('bb', 0.7)] }, RULE).verdict).toBe(
      'does not hold',
    );
    const two = initializationSpread({ label: 'x', arms: [arm('a', 0.2), arm('bb', 0.3), diverged] }, RULE);
    expect(two).toMatchObject({ verdict: 'holds', activation: { groups: 2 } });
    expect(initializationSpread({ label: 'x', arms: [arm('a', 0.2), diverged] }, RULE).verdict).toBe('not tested');
  });
});
