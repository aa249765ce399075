import { mean } from '@reluctant/core';
import Table from 'cli-table3';
import { contenderTable } from '../engine/format-engine-report.js';
import { formatSides, TABLE_STYLE } from '../engine/format-sides.js';
import { formatLoad } from '../format-load.js';
import type { PeersDuel, PeersReport, ProbabilityAgreement } from './peers-report.js';
import { isSame } from './probability-agreement.js';

/** A peers report for people. */
export function formatPeersReport(report: PeersReport): string {
  const { rounds, warmup, stepsPerRound, pause, batch } = report.settings;
  return [
    ...formatSides(report),
    `${report.data}, ${batch} images a step. ${rounds} rounds after ${warmup} of warm-up, ${stepsPerRound} steps each after ${pause} ms of rest, in a new order each round.`,
    ...report.duels.flatMap((duel) => ['', ...formatDuel(duel, report)]),
    '',
    'step, cpu: milliseconds of wall and processor time a step. start: milliseconds to the end of the first step.',
    'MiB: peak memory of the process of the row, which holds the batches, the network and nothing else of the comparison.',
    'over nothing: what the probes cost, round by round: median, and a 95 % interval for it.',
    'same over seeds: layers whose mean of Pr[y>0] differs by nothing that is more than chance, by a 95 % interval over seeds.',
    'within images: share of layers and seeds that differ by no more than so many images leave open of one network (95 %).',
    "ours/PyTorch: our step over that row's, watched alike; of each round (median, quartiles), of the medians, of the minima.",
  ].join('\n');
}

function formatDuel(duel: PeersDuel, { images, settings }: PeersReport): readonly string[] {
  const { architecture, parameters, relus, contenders, agreements } = duel;
  return [
    `${architecture}: ${parameters.toLocaleString('en')} parameters, ${relus} ReLU layers`,
    contenderTable(contenders),
    formatLoad(duel),
    ...(agreements.length === 0
      ? []
      : [
          `Pr[y>0] on ${images.toLocaleString('en')} test images, from the same weights, over ${settings.seeds} draws of them:`,
          agreementsTable(agreements),
          // Ours with PyTorch's first layout, at the end.
          siteTable(agreements.find(({ steps }) => steps === agreements.at(-1)!.steps)!),
        ]),
  ];
}

function agreementsTable(agreements: readonly ProbabilityAgreement[]): string {
  const table = new Table({
    head: ['steps', 'compared', 'same over seeds', 'largest difference', 'within images'],
    colAligns: ['right', 'left', 'right', 'right', 'right'],
    style: TABLE_STYLE,
  });
  table.push(
    ...agreements.map(({ steps, one, other, sites }) => [
      steps,
      `${one}, ${other}`,
      `${sites.filter(isSame).length} of ${sites.length}`,
      Math.max(...sites.map(({ difference }) => Math.abs(difference.mean))).toFixed(5),
      `${(100 * mean(sites.map(({ within }) => within))).toFixed(0)} %`,
    ]),
  );
  return table.toString();
}

function siteTable({ steps, one, other, sites }: ProbabilityAgreement): string {
  const table = new Table({
    head: [`layer, after ${steps}`, one, other, 'difference', '95 % over seeds', '± images'],
    colAligns: ['left', ...Array<'right'>(5).fill('right')],
    style: TABLE_STYLE,
  });
  table.push(
    ...sites.map((site) => [
      site.site,
      site.ours.toFixed(4),
      site.theirs.toFixed(4),
      site.difference.mean.toFixed(4),
      `${site.difference.lower.toFixed(4)} – ${site.difference.upper.toFixed(4)}${isSame(site) ? '' : ' (!)'}`,
      site.margin.toFixed(4),
    ]),
  );
  return table.toString();
}
