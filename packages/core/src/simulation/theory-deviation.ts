import type { SimulationSeries } from './simulation-series.js';
import type { TheorySeries } from './theory-series.js';

/** How far a computed curve is from the simulated one of the same name and group. */
export interface TheoryDeviation {
  readonly name: string;
  readonly group: string;
  readonly theory: string;
  /** Places of the axis that both curves have, with finite values. */
  readonly compared: number;
  /** Those of them at which theory lies outside the band. */
  readonly outside: readonly { readonly x: number; readonly value: number }[];
  /**
   * Where theory is farthest from the mean. Standard errors are signed, positive where theory is above; infinite where it differs
   * though all trials agree. Undefined where nothing was compared, or the series tells no standard errors.
   */
  readonly largest?: { readonly x: number; readonly standardErrors: number; readonly difference: number };
}

/** Values that differ by less than this, relative to the mean, are the same: theory and simulation round differently. */
const ROUNDING = 1e-9;

/** The deviation of every theory that has a simulated curve beside it, in the order of publication. */
export function theoryDeviations(
  theories: readonly TheorySeries[],
  curves: readonly SimulationSeries[],
): readonly TheoryDeviation[] {
  return theories.flatMap((theory) => {
    const curve = curves.find(({ name, group }) => name === theory.name && group === theory.group);
    return curve ? [theoryDeviation(theory, curve)] : [];
  });
}

export function theoryDeviation(theory: TheorySeries, curve: SimulationSeries): TheoryDeviation {
  const pairs = theory.axis.values.flatMap((x, at) => {
    const place = curve.axis.values.indexOf(x);
    const [value, mean] = [theory.values[at], curve.mean[place]];
    return place >= 0 && Number.isFinite(value) && Number.isFinite(mean) ? [{ x, value, mean, place }] : [];
  });
  const outside = pairs.filter(({ value, mean, place }) => {
    const tolerance = ROUNDING * Math.abs(mean);
    return value < curve.lower[place] - tolerance || value > curve.upper[place] + tolerance;
  });
  const distances = pairs.flatMap(({ x, value, mean, place }) => {
    const standardError = curve.standardError?.[place];
    if (standardError === undefined || Number.isNaN(standardError)) return [];
    const difference = value - mean;
    const negligible = Math.abs(difference) <= ROUNDING * Math.abs(mean);
    return [{ x, difference, standardErrors: negligible ? 0 : difference / standardError }];
  });
  const size = ({ standardErrors }: { readonly standardErrors: number }) => Math.abs(standardErrors);
  return {
    name: theory.name,
    group: theory.group,
    theory: theory.theory,
    compared: pairs.length,
    outside: outside.map(({ x, value }) => ({ x, value })),
    ...(distances.length > 0 && {
      largest: distances.reduce((worst, distance) => (size(distance) > size(worst) ? distance : worst)),
    }),
  };
}
