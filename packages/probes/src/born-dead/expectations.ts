import { bornDeadLowerBound } from './born-dead-lower-bound.js';
import { deadOnOrthant } from './dead-on-orthant.js';
import type { Expectation } from './expectation.js';
import { hasZeroBiases, isNormal, isSymmetric, type FullyConnected } from './fully-connected.js';
import { tellingPoints, type Point } from './input-points.js';
import { onePointProbability } from './one-point-probability.js';
import { publishedShare } from './published-shares.js';

const BOUNDS = 'bounds of Lu et al. 2019, arXiv 1903.06733';

/** Closed forms, bounds and published figures that hold for just these networks on just these inputs; often there are none. */
export function expectations(network: FullyConnected, points: readonly Point[]): readonly Expectation[] {
  return [...fromTheory(network, points), ...fromMeasurement(network)];
}

function fromTheory(network: FullyConnected, points: readonly Point[]): readonly Expectation[] {
  if (!isSymmetric(network)) return [];
  if (network.inputs.kind === 'orthant') return [onOrthant(network)];
  switch (tellingPoints(network, points).length) {
    case 0:
      return [];
    case 1:
      return onOnePoint(network);
    default:
      return [onSeveralPoints(network)];
  }
}

function onOrthant(network: FullyConnected): Expectation {
  const probability = deadOnOrthant(network.inputDimension, !hasZeroBiases(network));
  const source = 'no weight and no bias above zero';
  return { of: 'deadUnits', layer: 1, kind: 'exact', lower: probability, upper: probability, source };
}

/** One point, or several that are multiples of one another where there are no biases. */
function onOnePoint(network: FullyConnected): readonly Expectation[] {
  const { hidden } = network;
  const exactly = (probability: number, source: string) =>
    ({ kind: 'exact', lower: probability, upper: probability, source }) as const;
  const lost = (layer: number) => (hasZeroBiases(network) ? onePointProbability(hidden.slice(0, layer)) : 0);
  return [
    { of: 'someLayerSilent', ...exactly(onePointProbability(hidden), 'one input: 1 − Π (1 − 2^−N)') },
    ...hidden.map((_, layer) => ({
      of: 'deadUnits' as const,
      layer: layer + 1,
      ...exactly(1 - (1 - lost(layer)) / 2, 'one input: every second unit, all after a silent layer'),
    })),
  ];
}

function onSeveralPoints(network: FullyConnected): Expectation {
  const { hidden, inputDimension, initializer } = network;
  const equal = hidden.every((units) => units === hidden[0]);
  const hasLower = inputDimension === 1 && hasZeroBiases(network) && isNormal(initializer) && equal;
  return {
    of: 'someLayerSilent',
    kind: 'bounds',
    lower: hasLower ? bornDeadLowerBound(hidden[0], hidden.length + 1) : 0,
    upper: onePointProbability(hidden),
    source: hasLower ? BOUNDS : `upper ${BOUNDS}`,
  };
}

function fromMeasurement(network: FullyConnected): readonly Expectation[] {
  const published = publishedShare(network);
  if (!published) return [];
  const { of, share, draws } = published;
  const source = `measured by Lu et al. 2019, ${draws.toLocaleString('en')} draws`;
  return [{ of, kind: 'published', lower: share, upper: share, draws, source }];
}
