import type { LifeCycle, RevivalCount } from '@reluctant/core';
import type { LifeCycles } from '../commands/lifecycle.js';
import { colorsFor } from './colors.js';
import { number } from './format-number.js';
import { epochs, place } from './format-place.js';
import { percentage, share } from './percentage.js';
import { plainText } from './plain-text.js';
import { formatTable } from './table.js';

/** What became of a run's units as text: a table of layers, one of revivals, and what the numbers mean. */
export function formatLifeCycles(found: LifeCycles): string {
  const { name, status, layers, all, looks } = found;
  const colors = colorsFor(process.stdout);
  const rows: readonly (readonly [string, LifeCycle])[] = [
    ...layers.map((layer) => [plainText(layer.site), layer] as const),
    ...(layers.length > 1 ? [['all', all] as const] : []),
  ];
  return [
    `${colors.bold(plainText(name))}  ${status}. ${lookText(looks)}`,
    formatTable(
      ['layer', 'units', 'born dead', 'died', 'revived', 'dead now', 'survival', 'band', 'hazard'],
      rows.map(([label, life]) => [label, ...lifeCells(life)]),
    ),
    ...whoRevives(rows, all),
    colors.dim(notes(found)),
  ].join('\n');
}

function lookText(looks: LifeCycles['looks']): string {
  const [first, last] = [looks[0], looks[looks.length - 1]];
  const images = `${first.images.toLocaleString('en')} images`;
  if (looks.length === 1) return `Looked at once, at ${place(first)}, on ${images}.`;
  return `Looked at ${looks.length} times from ${place(first)} to ${place(last)}, each time on ${images}.`;
}

function lifeCells({ units, bornDead, died, revived, dead, survival, hazard, followed }: LifeCycle): readonly string[] {
  const end = followed > 0 ? survival[survival.length - 1] : undefined;
  return [
    ...[units, bornDead, died, revived, dead].map(String),
    number(end?.survival ?? null),
    end ? `${number(end.lower)} … ${number(end.upper)}` : '–',
    number(hazard),
  ];
}

function whoRevives(rows: readonly (readonly [string, LifeCycle])[], all: LifeCycle): readonly string[] {
  const { died, bornDead } = all.revivals;
  if (died.spells + bornDead.spells === 0) return ['', 'No unit was born dead and none died.'];
  const sentence = died.spells === 0 ? ['', 'No unit died.'] : [];
  const concerned = rows.filter(([, { revivals }]) => revivals.died.spells + revivals.bornDead.spells > 0);
  const cells = ({ spells, followed, revived, share: ratio, interval }: RevivalCount) => [
    String(spells),
    String(followed),
    String(revived),
    interval ? `${share(ratio!)} (${share(interval.lower)} … ${share(interval.upper)})` : '–',
  ];
  return [
    ...sentence,
    '',
    'Who revives',
    formatTable(
      ['layer', 'deaths', 'seen again', 'revived', 'share', 'born dead', 'revived', 'epochs dead'],
      concerned.map(([label, { revivals }]) => {
        const { min, median, max } = revivals.spellEpochs ?? {};
        const [born, , bornRevived] = cells(revivals.bornDead);
        const lengths = median === undefined ? '–' : `${epochs(min!)} … ${epochs(median)} … ${epochs(max!)}`;
        return [label, ...cells(revivals.died), born, bornRevived, lengths];
      }),
    ),
  ];
}

function notes({ confidence, all }: LifeCycles): string {
  const sure = percentage(confidence);
  const lines = [
    'Survival: the share of the units alive at the first look that have not died once up to the last (Kaplan–Meier); those are',
    `censored there. Its ${sure} band takes units for independent draws. Hazard: first deaths per unit at risk and epoch.`,
    'A death is dated to the look that saw it; it came at some time after the look before.',
  ];
  if (all.revivals.died.spells + all.revivals.bornDead.spells > 0) {
    lines.push(
      `Share: revived of the deaths that were seen again at a later look, with its ${sure} interval (Clopper–Pearson): the tentative`,
      'deaths. Epochs dead: least, median and most, from the first silent look to the revival, of all that revived.',
    );
  }
  return lines.join('\n');
}
