import { quantile, type Parameter, type ParameterRole } from '@reluctant/core';
import type { ArrayDifference } from './differences.js';

const KINDS = ['kernels', 'biases', 'gammas', 'betas', 'slopes', 'moving statistics', 'velocities'] as const;
export type ArrayKind = (typeof KINDS)[number];

const KIND_OF_ROLE: Readonly<Record<ParameterRole, ArrayKind>> = {
  kernel: 'kernels',
  bias: 'biases',
  gamma: 'gammas',
  beta: 'betas',
  slope: 'slopes',
  movingMean: 'moving statistics',
  movingVariance: 'moving statistics',
};

/** Relative L2 differences of several arrays. */
export interface DifferenceSpread {
  readonly median: number;
  readonly largest: number;
}

/** The arrays of one kind. */
export interface KindAgreement {
  readonly kind: ArrayKind;
  /** How many there are. */
  readonly arrays: number;
  /** Of ours to PyTorch. */
  readonly ours: DifferenceSpread;
  /** Of PyTorch in another layout to PyTorch. */
  readonly yardstick: DifferenceSpread;
}

type Differences = Readonly<Record<string, ArrayDifference>>;

/** Sums up the arrays of a state, which are `parameters` and their velocities, by kind; kinds without arrays are left out. */
export function kindAgreements(
  parameters: readonly Pick<Parameter, 'name' | 'role'>[],
  ours: Differences,
  yardstick: Differences,
): readonly KindAgreement[] {
  const kinds = new Map(parameters.map(({ name, role }) => [name, KIND_OF_ROLE[role]]));
  return KINDS.flatMap((kind) => {
    // What is no parameter is a slot of the optimizer, of which momentum has one.
    const names = Object.keys(ours).filter((name) => (kinds.get(name) ?? 'velocities') === kind);
    if (names.length === 0) return [];
    return { kind, arrays: names.length, ours: spread(names, ours), yardstick: spread(names, yardstick) };
  });
}

function spread(names: readonly string[], differences: Differences): DifferenceSpread {
  const values = names.map((name) => differences[name].relative);
  return { median: quantile(values, 0.5), largest: quantile(values, 1) };
}
