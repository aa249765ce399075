import Table from 'cli-table3';
import { formatLoad } from '../format-load.js';
import { formatChange, formatQuartiles } from '../stats.js';
import type { ContenderReport, DuelReport, EngineReport } from './engine-report.js';
import { formatSides, TABLE_STYLE } from './format-sides.js';

/** An engine report for people. */
export function formatEngineReport(report: EngineReport): string {
  const { rounds, warmup, stepsPerRound, pause } = report.settings;
  return [
    ...formatSides(report),
    `${rounds} rounds after ${warmup} of warm-up, ${stepsPerRound} steps each after ${pause} ms of rest, in a new order each round.`,
    ...report.duels.flatMap((duel) => ['', ...formatDuel(duel)]),
    '',
    'step, cpu: milliseconds of wall and processor time a step. start: milliseconds to the end of the first step.',
    'over nothing: what watching costs, round by round: median, and a 95 % interval for it.',
    "ours/PyTorch: our step over that row's, watched alike; of each round (median, quartiles), of the medians, of the minima.",
  ].join('\n');
}

function formatDuel(duel: DuelReport): readonly string[] {
  return [
    `${duel.architecture}, ${duel.batch} images a step`,
    contenderTable(duel.contenders),
    `${formatLoad(duel)} Peak memory of this process, all networks of ours open at once: ${duel.peakMemoryMiB} MiB.`,
  ];
}

/** A row for each of those that are compared. */
export function contenderTable(contenders: readonly ContenderReport[]): string {
  const table = new Table({
    head: [
      ...['side', 'watching', 'step median', 'min', 'quartiles', 'cpu median', 'start', 'MiB'],
      ...['over nothing', 'ours/PyTorch', 'quartiles', 'medians', 'minima'],
    ],
    colAligns: ['left', 'left', ...Array<'right'>(11).fill('right')],
    style: TABLE_STYLE,
  });
  table.push(...contenders.map(formatContender));
  return table.toString();
}

function formatContender(contender: ContenderReport): string[] {
  const { side, layout, watching, wall, cpu, start, peakMemoryMiB, overNothing, ours } = contender;
  const name = side === 'ours' ? 'ours' : `PyTorch, ${layout}`;
  const steps = [wall.median.toFixed(1), wall.minimum.toFixed(1), formatQuartiles(wall, 1), cpu.median.toFixed(1)];
  const ratios = ours && [
    ours.rounds.median.toFixed(3),
    formatQuartiles(ours.rounds, 3),
    ours.ofMedians.toFixed(3),
    ours.ofMinima.toFixed(3),
  ];
  const memory = peakMemoryMiB?.toFixed(0) ?? '';
  const cost = overNothing ? formatChange(overNothing) : '';
  return [name, watching, ...steps, start.toFixed(0), memory, cost, ...(ratios ?? ['', '', '', ''])];
}
