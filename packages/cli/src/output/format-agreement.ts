import {
  nameOfDefinition,
  UNIT_DEFINITIONS,
  type Agreement,
  type Containment,
  type PairAgreement,
  type UnitDefinition,
} from '@reluctant/core';
import type { AgreementReport } from '../commands/agreement.js';
import { colorsFor } from './colors.js';
import { number } from './format-number.js';
import { place } from './format-place.js';
import { plainText } from './plain-text.js';
import { formatTable } from './table.js';

/** How definitions agree as text: what each flags by layer, Jaccard indices of every two, and which lies within which. */
export function formatAgreement(found: AgreementReport): string {
  const { name, step, epoch, images, layers, all } = found;
  const colors = colorsFor(process.stdout);
  const shown = all.definitions.map(({ definition }) => definition);
  const rows = [
    ...layers.map((layer) => [plainText(layer.site), String(layer.units), ...counts(layer, shown)]),
    ...(layers.length > 1 ? [['all', String(all.units), ...counts(all, shown)]] : []),
  ];
  return [
    `${colors.bold(plainText(name))}  ${place({ epoch, step })}, ${images.toLocaleString('en')} images of the probe split`,
    formatTable(['layer', 'units', ...shown.map((definition) => nameOfDefinition(definition))], rows),
    '',
    'Agreement over all these units: |A∩B| / |A∪B| (Jaccard), and whether row ⊂ column, row ⊃ column or both',
    formatTable(
      ['', ...shown.slice(1).map((definition) => nameOfDefinition(definition))],
      shown.slice(0, -1).map((a) => [nameOfDefinition(a), ...shown.slice(1).map((b) => cell(all.pairs, a, b))]),
    ),
    colors.dim(definitions(found, shown)),
  ].join('\n');
}

function counts({ definitions: judged }: Agreement, shown: readonly UnitDefinition[]): readonly string[] {
  return shown.map((definition) => {
    const count = judged.find((candidate) => candidate.definition === definition);
    return count ? String(count.flagged) : '–';
  });
}

const SIGNS: Readonly<Record<Containment, string>> = { within: ' ⊂', contains: ' ⊃', equal: ' =' };

/** A dash where neither flags a unit; empty where the pair stands elsewhere in the table. */
function cell(pairs: readonly PairAgreement[], a: UnitDefinition, b: UnitDefinition): string {
  const pair = pairs.find((candidate) => candidate.a === a && candidate.b === b);
  return pair ? `${number(pair.jaccard)}${pair.containment ? SIGNS[pair.containment] : ''}` : '';
}

function definitions(
  { epsilon, tau, window, resolution, images }: AgreementReport,
  shown: readonly UnitDefinition[],
): string {
  const split = `the ${images.toLocaleString('en')} images`;
  const meanings: Readonly<Record<UnitDefinition, string>> = {
    'never-fired': `on none of ${split}`,
    'nearly-dead': `Pr[y>0] < ${epsilon} on them`,
    dormant: `mean output at most ${tau} times the layer's (τ)`,
    silent: `fired in none of the last ${window} training steps, as far as a window of ${resolution} steps shows`,
    constant: `the same output on all of ${split}, to 1e-4`,
    'certified-dead': 'provably silent on every input of the input range',
    'gradient-dead': 'no gradient reached it in the last training window',
  };
  const lines = shown.map((definition) => `${nameOfDefinition(definition)}: ${meanings[definition]}.`);
  const missing = UNIT_DEFINITIONS.filter((definition) => !shown.includes(definition));
  if (missing.length > 0)
    lines.push(`Not recorded: ${missing.map((definition) => nameOfDefinition(definition)).join(', ')}.`);
  return lines.join('\n');
}
