import { hasZeroBiases, type FullyConnected } from './fully-connected.js';

/** A share of networks that was measured elsewhere, over how many draws, and what it is the share of. */
export interface PublishedShare {
  readonly of: 'someLayerSilent' | 'lastLayerSilent';
  readonly share: number;
  readonly draws: number;
}

/**
 * What Lu et al. 2019 (arXiv 1903.06733) measured with 21 equally spaced inputs in [−√3, √3], nine hidden layers of two units, by
 * initializer. With zero biases a silent layer silences all after it; with randomized asymmetric initialisation their figure is
 * that of the last hidden layer.
 */
const PUBLISHED: Readonly<Record<string, PublishedShare>> = {
  'he-normal': { of: 'someLayerSilent', share: 0.873, draws: 4000 },
  'randomized-asymmetric': { of: 'lastLayerSilent', share: 0.047, draws: 4000 },
};

/** The published share of just these networks on just these inputs, if there is one. */
export function publishedShare(network: FullyConnected): PublishedShare | undefined {
  const { hidden, inputDimension, inputs, initializer } = network;
  const isLayout = inputDimension === 1 && hidden.length === 9 && hidden.every((units) => units === 2);
  const near = (value: number, root: number) => Math.abs(value - root) < 1e-6;
  const isGrid =
    inputs.kind === 'grid' && inputs.points === 21 && near(inputs.from, -Math.sqrt(3)) && near(inputs.to, Math.sqrt(3));
  const isPublished = isLayout && isGrid && (initializer.kind === 'randomized-asymmetric' || hasZeroBiases(network));
  return isPublished ? PUBLISHED[initializer.kind] : undefined;
}
