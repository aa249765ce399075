import type { WatchedLayer, WatchReport } from './watch-report.js';

type Column = readonly [head: string, cell: (layer: WatchedLayer) => string | number | null];

const COLUMNS: readonly Column[] = [
  ['layer', ({ name }) => name],
  ['units', ({ units }) => units],
  ['Pr[y>0]', ({ activationProbability: pr }) => pr?.toFixed(3) ?? null],
  ['never fired', ({ neverFired }) => neverFired],
  ['nearly dead', ({ nearlyDead }) => nearlyDead],
  ['dormant', ({ dormant }) => dormant],
  ['born dead', ({ bornDead }) => bornDead],
  ['died', ({ died }) => died],
  ['revived', ({ revived }) => revived],
];

/** A plain table, a line a layer, with what its numbers rest on below. Columns that no probe measures are left out. */
export function formatWatchReport(report: WatchReport): string {
  const { layers, step, epoch, images, epsilon, neverFiredUpper, confidence } = report;
  const columns = COLUMNS.filter(([, cell]) => layers.some((layer) => cell(layer) !== null));
  const rows = [
    columns.map(([head]) => head),
    ...layers.map((layer) => columns.map(([, cell]) => String(cell(layer) ?? '–'))),
  ];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
  const notes = [`After ${step} steps (epoch ${epoch}), on ${images} images in evaluation mode.`];
  if (neverFiredUpper !== null && confidence !== null) {
    notes.push(
      `Never fired: on none of them, so on at most ${percent(neverFiredUpper)} of images (one-sided ${percent(confidence)} bound).`,
    );
  }
  if (epsilon !== null) notes.push(`Nearly dead: Pr[y>0] < ${epsilon}, those that never fired included.`);
  return [...lines, '', ...notes].join('\n');
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
