import Table from 'cli-table3';
import type { Summary } from '../stats.js';
import type { NetworkReport, StepReport, SubjectReport } from './step-report.js';

/** A step report for people. */
export function formatStepReport({ machine, settings, networks, peakMemoryMiB }: StepReport): string {
  const { cpu, cores, memoryGiB, platform, node, loadAverage } = machine;
  const { batch, rounds, warmup } = settings;
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}, Node ${node}, load before ${loadAverage.toFixed(2)}`,
    `Training steps of ${batch} images; ${rounds} rounds after ${warmup} of warm-up, subjects in a new order each round.`,
    ...networks.flatMap((network) => ['', ...formatNetwork(network)]),
    '',
    'step, cpu: milliseconds of wall and processor time. ratio: to the unwatched network of the same engine, round by round.',
    `Peak memory of the process, all subjects of a network open at once: ${peakMemoryMiB} MiB.`,
  ].join('\n');
}

function formatNetwork(network: NetworkReport): readonly string[] {
  const { architecture, parameters, sites, units, subjects } = network;
  const table = new Table({
    head: ['engine', 'watching', 'step median', 'min', 'quartiles', 'cpu median', 'ratio', 'quartiles'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  table.push(...subjects.map(formatSubject));
  const size = `${parameters.toLocaleString('en')} parameters, ${units} units at ${sites} ReLUs`;
  return [`${architecture} (${size})`, table.toString(), describeLoad(network)];
}

function formatSubject({ engine, device, watching, wall, cpu, ratio }: SubjectReport): string[] {
  const steps = [wall.median.toFixed(1), wall.minimum.toFixed(1), quartiles(wall, 1), cpu.median.toFixed(1)];
  return [`${engine}${device ? `: ${device}` : ''}`, watching, ...steps, ratio.median.toFixed(3), quartiles(ratio, 3)];
}

function quartiles({ lowerQuartile, upperQuartile }: Summary, digits: number): string {
  return `${lowerQuartile.toFixed(digits)} – ${upperQuartile.toFixed(digits)}`;
}

function describeLoad({ foreignCores, noisy, attempts }: NetworkReport): string {
  if (foreignCores === undefined) return 'This system does not tell whether other programs disturbed.';
  const load = `Other programs used ${foreignCores.toFixed(2)} cores`;
  const tries = attempts > 1 ? `, the least of ${attempts} attempts` : '';
  return noisy ? `DISTURBED: ${load}${tries}. Take the numbers as a hint, and measure again.` : `${load}${tries}.`;
}
