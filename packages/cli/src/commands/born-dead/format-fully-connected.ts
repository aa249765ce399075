import type { ComparedExpectation } from '@reluctant/probes';
import { formatTable } from '../../output/table.js';
import { formatComparison, interval, intervalHead, networksDrawn, probability } from './format-estimate.js';
import type { FullyConnectedAnswer, FullyConnectedResult } from './fully-connected-answer.js';
import { initializerName } from './parse-initializer.js';

/** The answer for people: what was drawn, a comparison of several initializers, and each one's tables. */
export function formatFullyConnected(answer: FullyConnectedAnswer): string {
  const { results } = answer;
  const named = results.map((result) => ({ ...result, name: initializerName(result.initializer) }));
  return [
    heading(answer),
    ...(results.length > 1 ? [formatComparison(named, 'born dead')] : []),
    ...named.map((result) => `${result.name}\n${reachText(result)}\n${networkTable(result)}\n\n${layerTable(result)}`),
  ].join('\n\n');
}

function heading({ network, seed, results, complete }: FullyConnectedAnswer): string {
  const { layers, hidden, inputDimension } = network;
  const equal = hidden.every((units) => units === hidden[0]);
  const widths = equal ? `${hidden.length} hidden of ${hidden[0]} units` : `hidden of ${hidden.join(', ')} units`;
  const drawn = `${networksDrawn(results)}, seed ${seed}${complete ? '' : ' (interrupted)'}`;
  return `${layers} layers, ${widths}; input dimension ${inputDimension}; ${drawn}`;
}

/** What dead means here, and for which inputs. */
function reachText({ reach, inputs }: FullyConnectedResult): string {
  const looked = inputs === 1 ? 'the one input' : `the ${inputs} inputs`;
  return {
    orthant: 'Dead: fires on no input of the whole non-negative orthant.',
    'every-input': `Dead: fires on none of ${looked}, and so on no input at all: there are two signs, and no biases.`,
    'these-inputs': `Dead: fires on none of ${looked}; on others it may.`,
  }[reach];
}

function networkTable({ confidence, expectations, ...result }: FullyConnectedResult): string {
  const rows = [
    ['someLayerSilent', 'born dead: some hidden layer silent, output constant'],
    ['lastLayerSilent', 'last hidden layer silent'],
    ['anyUnitDead', 'at least one unit dead'],
  ] as const;
  return formatTable(
    ['of the networks', 'share', intervalHead(confidence), 'expected'],
    rows.map(([of, label]) => [
      label,
      probability(result[of].share),
      interval(result[of]),
      expected(expectations.filter((expectation) => expectation.of === of)),
    ]),
  );
}

function layerTable({ confidence, expectations, layers }: FullyConnectedResult): string {
  return formatTable(
    [
      'hidden layer',
      'units',
      'dead units',
      intervalHead(confidence),
      'any unit dead',
      'layer silent',
      'dead units expected',
    ],
    layers.map(({ units, deadUnits, anyUnitDead, silent }, index) => [
      String(index + 1),
      String(units),
      probability(deadUnits.share),
      interval(deadUnits),
      probability(anyUnitDead.share),
      probability(silent.share),
      expected(expectations.filter(({ of, layer }) => of === 'deadUnits' && layer === index + 1)),
    ]),
  );
}

/** `0.8703 to 0.9249 (source): agrees`, a line each; a dash for none. */
function expected(expectations: readonly ComparedExpectation[]): string {
  if (expectations.length === 0) return '–';
  return expectations
    .map(({ lower, upper, source, agrees, standardErrors }) => {
      const range = lower === upper ? probability(lower) : interval({ lower, upper });
      return `${range} (${source}): ${agrees ? 'agrees' : `off by ${standardErrors.toFixed(1)} standard errors`}`;
    })
    .join('\n');
}
