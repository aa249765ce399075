import type { Interval } from '@reluctant/core';
import type { BornDeadEstimate } from '@reluctant/probes';
import { percentage } from '../../output/percentage.js';
import { formatTable } from '../../output/table.js';

/** A probability with four decimals; two digits of a small one. */
export function probability(value: number): string {
  return value !== 0 && value < 0.0001 ? value.toExponential(1) : value.toFixed(4);
}

/** `0.8767 to 0.8795` */
export function interval({ lower, upper }: Interval): string {
  return `${probability(lower)} to ${probability(upper)}`;
}

/** The head of a column of intervals: `95 % interval`. */
export function intervalHead(confidence: number): string {
  return `${percentage(confidence)} interval`;
}

/** How many networks each result is of: `20,000 networks`, `20 networks each`, or after an interrupt `20 and 7 networks`. */
export function networksDrawn(results: readonly Pick<BornDeadEstimate, 'draws'>[]): string {
  const numbers = [...new Set(results.map(({ draws }) => draws.toLocaleString('en')))];
  const networks = `${numbers.join(' and ')} network${numbers.at(-1) === '1' ? '' : 's'}`;
  return results.length > 1 && numbers.length === 1 ? `${networks} each` : networks;
}

/** A line an initializer, to compare them by. */
export function formatComparison(
  results: readonly (BornDeadEstimate & { readonly name: string })[],
  silentLayer: string,
): string {
  const [{ confidence }] = results;
  return formatTable(
    [
      'initializer',
      'networks',
      silentLayer,
      intervalHead(confidence),
      'last layer silent',
      'any unit dead',
      'dead units',
    ],
    results.map(({ name, draws, someLayerSilent, lastLayerSilent, anyUnitDead, layers }) => [
      name,
      draws.toLocaleString('en'),
      probability(someLayerSilent.share),
      interval(someLayerSilent),
      probability(lastLayerSilent.share),
      probability(anyUnitDead.share),
      probability(deadShare(layers)),
    ]),
  );
}

/** Of all units of the network. */
function deadShare(layers: BornDeadEstimate['layers']): number {
  const units = layers.reduce((sum, layer) => sum + layer.units, 0);
  return layers.reduce((sum, layer) => sum + layer.units * layer.deadUnits.share, 0) / units;
}
