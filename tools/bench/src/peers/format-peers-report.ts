import Table from 'cli-table3';
import { contenderTable } from '../engine/format-engine-report.js';
import { formatSides, TABLE_STYLE } from '../engine/format-sides.js';
import { formatLoad } from '../format-load.js';
import type { PeersDuel, PeersReport, ProbabilityAgreement } from './peers-report.js';
import { isWithin } from './probability-agreement.js';

/** A peers report for people. */
export function formatPeersReport(report: PeersReport): string {
  const { rounds, warmup, stepsPerRound, pause, batch } = report.settings;
  return [
    ...formatSides(report),
    `${report.data}, ${batch} images a step. ${rounds} rounds after ${warmup} of warm-up, ${stepsPerRound} steps each after ${pause} ms of rest, in a new order each round.`,
    ...report.duels.flatMap((duel) => ['', ...formatDuel(duel, report.images)]),
    '',
    'step, cpu: milliseconds of wall and processor time a step. start: milliseconds to the end of the first step.',
    'MiB: peak memory of the process of the row, which holds the batches, the network and nothing else of the comparison.',
    'over nothing: what the probes cost, round by round: median, and a 95 % interval for it.',
    "ours/PyTorch: our step over that row's, watched alike; of each round (median, quartiles), of the medians, of the minima.",
  ].join('\n');
}

function formatDuel(duel: PeersDuel, images: number): readonly string[] {
  const { architecture, parameters, relus, steps, contenders, agreements } = duel;
  return [
    `${architecture}: ${parameters.toLocaleString('en')} parameters, ${relus} ReLU layers`,
    contenderTable(contenders),
    formatLoad(duel),
    ...(agreements.length === 0
      ? []
      : [`Pr[y>0] on ${images.toLocaleString('en')} test images after ${steps} steps from the same weights:`]),
    ...agreements.map(told),
    ...agreements.slice(0, 1).map(siteTable),
  ];
}

function told({ layout, with: side, sites }: ProbabilityAgreement): string {
  const who = side === 'ours' ? 'ours and PyTorch' : 'PyTorch with itself, default and';
  const largest = Math.max(...sites.map(({ ours, theirs }) => Math.abs(ours - theirs)));
  const units = sites.map(({ unitsWithin }) => unitsWithin);
  return (
    `- ${who}, ${layout}: ${sites.filter(isWithin).length} of ${sites.length} layers agree within sampling error; ` +
    `largest difference ${largest.toFixed(4)}; units within theirs, worst layer: ${(100 * Math.min(...units)).toFixed(0)} %`
  );
}

function siteTable({ sites }: ProbabilityAgreement): string {
  const table = new Table({
    head: ['layer', 'ours', 'PyTorch', 'difference', '± sampling', 'units within'],
    colAligns: ['left', ...Array<'right'>(5).fill('right')],
    style: TABLE_STYLE,
  });
  table.push(
    ...sites.map((one) => [
      one.site,
      one.ours.toFixed(4),
      one.theirs.toFixed(4),
      `${(one.ours - one.theirs).toFixed(4)}${isWithin(one) ? '' : ' (!)'}`,
      one.margin.toFixed(4),
      `${(100 * one.unitsWithin).toFixed(0)} %`,
    ]),
  );
  return table.toString();
}
