import { plainText } from '../../output/plain-text.js';
import { formatTable } from '../../output/table.js';
import type { ExperimentAnswer, ExperimentResult } from './experiment-answer.js';
import { formatComparison, interval, intervalHead, networksDrawn, probability } from './format-estimate.js';
import { initializerName } from './parse-initializer.js';

/** The answer for people: what was drawn, a comparison of several initializers, and each one's tables. */
export function formatExperiment(answer: ExperimentAnswer): string {
  const { experiment, seed, images, engine, neverFiredUpper, complete, results } = answer;
  const named = results.map((result) => ({ ...result, name: initializerName(result.initializer) }));
  return [
    `${plainText(experiment, 40)}: ${networksDrawn(results)}, seeds from ${seed}${complete ? '' : ' (interrupted)'}; engine ${engine.kind}\n` +
      `Dead: fires on none of ${images.toLocaleString('en')} probe images, and so (95 %) on at most ` +
      `${probability(neverFiredUpper)} of images.`,
    ...(results.length > 1 ? [formatComparison(named, 'some layer silent')] : []),
    ...named.map((result) => `${result.name}\n${networkTable(result)}\n\n${siteTable(result)}`),
  ].join('\n\n');
}

function networkTable({ confidence, ...result }: ExperimentResult): string {
  const rows = [
    ['anyUnitDead', 'at least one unit dead'],
    ['someLayerSilent', 'some layer silent: all of its units dead'],
    ['lastLayerSilent', 'last layer silent'],
  ] as const;
  return formatTable(
    ['of the networks', 'share', intervalHead(confidence)],
    rows.map(([of, label]) => [label, probability(result[of].share), interval(result[of])]),
  );
}

function siteTable({ confidence, layers }: ExperimentResult): string {
  return formatTable(
    ['ReLU', 'units', 'dead units', intervalHead(confidence), 'any unit dead', 'layer silent'],
    layers.map(({ site, units, deadUnits, anyUnitDead, silent }) => [
      plainText(site, 40),
      String(units),
      probability(deadUnits.share),
      interval(deadUnits),
      probability(anyUnitDead.share),
      probability(silent.share),
    ]),
  );
}
