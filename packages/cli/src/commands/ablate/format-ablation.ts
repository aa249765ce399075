import type { UnitDefinition } from '@reluctant/core';
import type { Ablation, AblationOnSplit, AblationScope, UnitSelection } from '@reluctant/probes';
import { countUnits } from '@reluctant/probes';
import { colorsFor } from '../../output/colors.js';
import { number } from '../../output/format-number.js';
import { plainText } from '../../output/plain-text.js';
import { formatTable } from '../../output/table.js';

export interface AblationReport {
  readonly name: string;
  /** Of the weights. */
  readonly step: number;
  /** Null where units were named. */
  readonly definition: UnitDefinition | null;
  readonly measured: { readonly step: number; readonly images: number };
  readonly confidence: number;
  readonly flagged: UnitSelection;
  /** Number of random sets asked for. */
  readonly sets: number;
  readonly result: Ablation;
}

/** An ablation as text: a table for every split, and what it says in a sentence. */
export function formatAblation(report: AblationReport): string {
  const { name, flagged, result } = report;
  const { bold, dim } = colorsFor(process.stdout);
  const title = bold(plainText(name));
  if (countUnits(flagged) === 0) {
    return `${title}\nNo unit ${isFlagged(report)} on the ${images(report.measured.images)} of the probe split: there is nothing to take away.`;
  }
  const splits = result.whole.map(({ split, images: size, accuracy, loss }) =>
    [
      '',
      `${bold(`${split} split`)}: ${images(size)}, accuracy of the whole network ${percent(accuracy)}, loss ${number(loss)}`,
      table(result.scopes, split),
    ].join('\n'),
  );
  return [title, ...splits, dim(notes(report)), ...sentences(report)].join('\n');
}

function table(scopes: readonly AblationScope[], split: string): string {
  const rows = scopes.map((scope) => {
    const { flagged, random } = onSplit(scope, split);
    return [
      scope.site === null ? 'all together' : plainText(scope.site),
      String(scope.flagged),
      String(flagged.logitsChanged),
      number(finite(flagged.largestLogitChange)),
      String(flagged.predictionsChanged),
      changeWithInterval(flagged.accuracyChange),
      signed(flagged.lossChange.mean, 3),
      random ? String(scope.random) : '–',
      random ? changeWithInterval(random.accuracyChange) : '–',
      random ? signed(random.lossChange.mean, 3) : '–',
    ];
  });
  const head = ['taken away', 'units', 'logits changed', 'by up to', 'class changed', 'accuracy', 'loss'];
  return formatTable([...head, 'random live', 'accuracy', 'loss'], rows);
}

/** How the numbers came about. */
function notes({ confidence, measured, step, sets, definition, result }: AblationReport): string {
  const compared = result.scopes.some(({ random }) => random > 0);
  const level = `${Number((100 * confidence).toFixed(3))} %`;
  const lines = [
    `Outputs of units set to zero; weights after ${step} steps${definition ? `, units judged on ${images(measured.images)} of the probe split after ${measured.step} steps` : ''}.`,
    ...(measured.step === step
      ? []
      : ['The weights were saved later than the units were measured: what was silent then may fire now.']),
    `Logits and class changed: of so many images. Changes of accuracy in percentage points with ${level} intervals over images` +
      `${compared && sets > 1 ? `; of random live units, means over ${sets} sets, over sets and images` : ''}.`,
  ];
  return lines.join('\n');
}

/** The last scope, which is all of it, on each split. */
function sentences(report: AblationReport): readonly string[] {
  const all = report.result.scopes.at(-1)!;
  return all.splits.map((effect) => {
    const { split, flagged, random } = effect;
    const size = images(effect.images);
    const units = `the ${plural(all.flagged, `${report.definition ?? 'chosen'} unit`)}`;
    const did =
      flagged.logitsChanged === 0
        ? `changed no logit of ${size}`
        : `changed logits of ${flagged.logitsChanged.toLocaleString('en')} of ${size} by up to ${number(finite(flagged.largestLogitChange))}, and the accuracy by ${sentenceChange(flagged.accuracyChange, report)}`;
    const fewer = all.random < all.flagged ? ' (there are no more)' : '';
    const instead = random
      ? ` Removing ${plural(all.random, 'random live unit')}${fewer} of the same layers changes the accuracy by ${sentenceChange(random.accuracyChange, report)}.`
      : report.sets > 0
        ? ' These layers have no live unit to compare with.'
        : '';
    return `Removing ${units} ${did} (${split} split).${instead}`;
  });
}

interface Change {
  readonly mean: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

function changeWithInterval({ mean, lower, upper }: Change): string {
  const interval = lower === null || upper === null ? '' : ` [${signed(100 * lower, 2)}, ${signed(100 * upper, 2)}]`;
  return `${signed(100 * mean, 2)}${interval}`;
}

function sentenceChange({ mean, lower, upper }: Change, { confidence }: AblationReport): string {
  const level = Number((100 * confidence).toFixed(3));
  const interval =
    lower === null || upper === null ? '' : ` (${level} %: ${signed(100 * lower, 2)} to ${signed(100 * upper, 2)})`;
  return `${signed(100 * mean, 2)} percentage points${interval}`;
}

function onSplit(scope: AblationScope, split: string): AblationOnSplit {
  return scope.splits.find((one) => one.split === split)!;
}

const FLAGGED: Readonly<Record<UnitDefinition, string>> = {
  'never-fired': 'never fired',
  'nearly-dead': 'is nearly dead',
  dormant: 'is dormant',
  silent: 'was silent in training',
  constant: 'is constant',
  'certified-dead': 'is certified dead',
  'gradient-dead': 'got no gradient in training',
};

function isFlagged({ definition }: AblationReport): string {
  return definition ? FLAGGED[definition] : 'was chosen';
}

function images(count: number): string {
  return plural(count, 'image');
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** With a sign, a true minus among them; 0 has none. */
function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
