import type { RunReport } from '@reluctant/report';
import { colorsFor } from './colors.js';
import { findings } from './format-findings.js';
import { number } from './format-number.js';
import { percentage, share } from './percentage.js';
import { plainText } from './plain-text.js';
import { formatTable } from './table.js';

const CURVES_SHOWN = 3;

/** The main numbers of a run as text: a line on training, Pr[y>0] per layer, and what a simulation ended with. */
export function formatSummary(report: RunReport): string {
  const parts = [`${colorsFor(process.stdout).bold(plainText(report.name))}  ${plainText(report.statusSentence, 200)}`];
  if (report.layers.length > 0) parts.push(training(report), layers(report), notes(report), interventions(report));
  if (report.simulations.length > 0) parts.push(simulations(report));
  parts.push(findings(report));
  return parts.filter(Boolean).join('\n');
}

function training({ architecture, dataset, engine, parameters, final }: RunReport): string {
  const parts = [`${architecture} on ${dataset}`, `${parameters?.toLocaleString('en')} parameters`, `engine ${engine}`];
  const setting = parts.map((part) => plainText(part)).join(', ');
  const results = [
    final.testAccuracy === null ? '' : `test accuracy ${share(final.testAccuracy)}`,
    final.trainLoss === null ? '' : `training loss ${final.trainLoss.toFixed(3)}`,
  ];
  return [setting, ...results.filter(Boolean)].join(', ');
}

function layers({ layers: all }: RunReport): string {
  return formatTable(
    ['layer', 'skip', 'units', 'elements', 'Pr[y>0]', 'interval', 'median', 'quartiles', 'never fired', 'nearly dead'],
    all.map((layer) => [
      plainText(layer.site),
      layer.skip ? 'yes' : 'no',
      String(layer.units),
      layer.elements === null ? '–' : layer.elements.toLocaleString('en'),
      number(layer.mean),
      layer.meanLower === null ? '–' : `${number(layer.meanLower)} … ${number(layer.meanUpper)}`,
      number(layer.median),
      layer.lowerQuartile === null ? '–' : `${number(layer.lowerQuartile)} … ${number(layer.upperQuartile)}`,
      layer.neverFired === null ? '–' : String(layer.neverFired),
      layer.nearlyDead === null ? '–' : String(layer.nearlyDead),
    ]),
  );
}

/** The sizes and bounds without which the table's numbers say little. */
function notes({ activation, dead, layers: all }: RunReport): string {
  const lines: string[] = [];
  if (activation) {
    const how =
      activation.on === 'probe-split' ? 'fixed images in evaluation mode' : 'training batches in training mode';
    lines.push(
      `Pr[y>0] over ${activation.images} ${how}, after ${activation.step} steps; mean over all units ${number(activation.mean)}. ` +
        'Elements: images × positions, of each unit.',
    );
    if (all.some(({ meanLower }) => meanLower !== null)) {
      const level = Number((100 * (activation.confidence ?? 0.95)).toFixed(3));
      lines.push(`Interval: ${level} % for the layer's mean, by a bootstrap over images.`);
    }
  }
  if (dead && dead.neverFiredUpper !== null && dead.epsilon !== null) {
    lines.push(
      `Never fired: on none of ${dead.images} images, so it fires on less than ${share(dead.neverFiredUpper)} of images ` +
        `(one-sided ${percentage(dead.confidence ?? 0.95)} bound). Nearly dead: Pr[y>0] < ${dead.epsilon}, those that never fired included.`,
    );
  }
  return colorsFor(process.stdout).dim(lines.join('\n'));
}

/** What was done to the network on the way; the report has it step by step. */
function interventions({ interventions: all }: RunReport): string {
  return all.map(({ sentence }) => plainText(sentence, 200)).join('\n');
}

/** The first few curves where they ended, a row for each group; the report has them all. */
function simulations({ simulations: all }: RunReport): string {
  const names = [...new Set(all.map(({ name }) => name))].slice(0, CURVES_SHOWN);
  const groups = [...new Set(all.map(({ group }) => group))];
  const cell = (name: string, group: string) => {
    const last = all.find((series) => series.name === name && series.group === group)?.last;
    return last ? `${number(last.mean)} [${number(last.lower)}, ${number(last.upper)}]` : '–';
  };
  const { trials, trialName = 'trial', last, axis } = all[0];
  return [
    formatTable(
      ['group', ...names.map((name) => plainText(name))],
      groups.map((group) => [plainText(group) || '–', ...names.map((name) => cell(name, group))]),
    ),
    colorsFor(process.stdout).dim(
      `At ${plainText(axis)} = ${last?.x ?? '–'}, ${trials} ${plainText(trialName, 20)}s each, with the bands that the report names.`,
    ),
  ].join('\n');
}
