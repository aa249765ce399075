import Table from 'cli-table3';
import { formatLoad } from '../format-load.js';
import { formatMachine } from '../format-machine.js';
import { formatChange, formatQuartiles } from '../stats.js';
import type { NetworkReport, StepReport, SubjectReport } from './step-report.js';

/** A step report for people. */
export function formatStepReport({ machine, settings, networks, peakMemoryMiB }: StepReport): string {
  const { batch, rounds, warmup, stepsPerRound } = settings;
  return [
    formatMachine(machine),
    `Training steps of ${batch} images; ${rounds} rounds of ${stepsPerRound} after ${warmup} of warm-up, subjects in a new order each round.`,
    ...networks.flatMap((network) => ['', ...formatNetwork(network)]),
    '',
    'step, cpu: milliseconds of wall and processor time a step. over nothing: to the unwatched network of the same engine,',
    'round by round: median, and a 95 % interval for it.',
    `Peak memory of the process, all subjects of a network open at once: ${peakMemoryMiB} MiB.`,
  ].join('\n');
}

function formatNetwork(network: NetworkReport): readonly string[] {
  const { architecture, parameters, sites, units, subjects } = network;
  const table = new Table({
    head: ['engine', 'watching', 'step median', 'min', 'quartiles', 'cpu median', 'over nothing'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  table.push(...subjects.map(formatSubject));
  const size = `${parameters.toLocaleString('en')} parameters, ${units} units at ${sites} ReLUs`;
  return [`${architecture} (${size})`, table.toString(), formatLoad(network)];
}

function formatSubject({ engine, device, watching, wall, cpu, ratio }: SubjectReport): string[] {
  const steps = [wall.median.toFixed(1), wall.minimum.toFixed(1), formatQuartiles(wall, 1), cpu.median.toFixed(1)];
  const cost = watching === 'nothing' ? '' : formatChange(ratio);
  return [`${engine}${device ? `: ${device}` : ''}`, watching, ...steps, cost];
}
