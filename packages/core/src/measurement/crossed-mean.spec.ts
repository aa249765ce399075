import { describe, expect, it } from 'vitest';
import { Random } from '../random/random.js';
import { crossedMeanInterval, meanInterval } from './crossed-mean.js';
import paired from './fixtures/paired.json' with { type: 'json' };
import { mean } from './moments.js';
import { studentQuantile } from './student-t.js';

describe('studentQuantile', () => {
  it("agrees with SciPy's", () => {
    for (const [p, degrees, expected] of paired.student) {
      const actual = studentQuantile(p, degrees);
      expect(Math.abs(actual - expected), `t(${degrees}) at ${p}`).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
    }
    expect(() => studentQuantile(1, 3)).toThrow('got 1');
  });
});

describe('meanInterval', () => {
  it('is the textbook interval: 1, 2, 3, 4 have 2.5 ± 3.1824·√(5/3)/2', () => {
    const { mean: centre, lower, upper } = meanInterval([1, 2, 3, 4]);
    expect(centre).toBe(2.5);
    expect(upper - 2.5).toBeCloseTo((3.182446305 * Math.sqrt(5 / 3)) / 2, 8);
    expect(2.5 - lower).toBeCloseTo(upper - 2.5, 12);
  });
});

describe('crossedMeanInterval', () => {
  /** How often an interval covers 0, the mean of a table of row effect + column effect + the rest. */
  function coverage(rowSpread: number, columnSpread: number, restSpread: number) {
    const random = new Random(2, 'crossed', rowSpread, columnSpread, restSpread);
    const [rows, columns, repetitions] = [5, 60, 1000];
    let [crossed, byRows, byColumns] = [0, 0, 0];
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const columnEffects = Array.from({ length: columns }, () => columnSpread * random.normal());
      const table = Array.from({ length: rows }, () => {
        const row = rowSpread * random.normal();
        return columnEffects.map((column) => row + column + restSpread * random.normal());
      });
      const rowMeans = table.map(mean);
      const columnMeans = columnEffects.map((_, column) => mean(table.map((row) => row[column])));
      const covers = ({ lower, upper }: { lower: number; upper: number }) => Number(lower <= 0 && 0 <= upper);
      crossed += covers(crossedMeanInterval(rowMeans, columnMeans));
      byRows += covers(meanInterval(rowMeans));
      byColumns += covers(meanInterval(columnMeans));
    }
    return { crossed: crossed / repetitions, byRows: byRows / repetitions, byColumns: byColumns / repetitions };
  }

  it('covers the mean whichever of rows and columns scatters, where one that sees only the other does not', () => {
    const rowsScatter = coverage(1, 1, 1);
    expect(rowsScatter.crossed).toBeGreaterThan(0.93);
    expect(rowsScatter.byColumns).toBeLessThan(0.7);
    const columnsScatter = coverage(0.01, 1, 0.1);
    expect(columnsScatter.crossed).toBeGreaterThan(0.93);
    expect(columnsScatter.byRows).toBeLessThan(0.7);
  });

  it('is a point where nothing scatters', () => {
    expect(crossedMeanInterval([0.5, 0.5], [0.5, 0.5, 0.5])).toEqual({ mean: 0.5, lower: 0.5, upper: 0.5 });
  });
});
