import Table from 'cli-table3';
import { TABLE_STYLE } from '../engine/format-sides.js';
import { formatLoad } from '../format-load.js';
import { formatMachine } from '../format-machine.js';
import { formatQuartiles } from '../stats.js';
import type { SingleUnitReport, SubjectReport } from './single-unit-report.js';

/** A report for people. */
export function formatSingleUnitReport(report: SingleUnitReport): string {
  const { machine, settings, numpy, multiplyAddLimit, subjects } = report;
  const { inputs, trials, updates, unbiased, rounds } = settings;
  const table = new Table({
    style: TABLE_STYLE,
    head: [
      '',
      'seconds',
      'M updates/s',
      'speed-up',
      'quartiles',
      'per core',
      'of limit',
      'Pr[y>0]',
      'error',
      'differ by',
    ],
  });
  table.push(...subjects.map(row));
  return [
    formatMachine(machine),
    `NumPy ${numpy.numpy}, Python ${numpy.python}, one core`,
    `${trials.toLocaleString('en')} units of ${inputs} inputs, ${unbiased ? 'without' : 'with'} a bias, ${updates.toLocaleString('en')} updates; medians of ${rounds} rounds`,
    table.toString(),
    `Limit: ${(multiplyAddLimit / 1e9).toFixed(2)} thousand million vectors of two float64 numbers multiplied and added a second and core, measured.`,
    formatLoad(report),
  ].join('\n');
}

function row(subject: SubjectReport): string[] {
  const { name, wall, updatesPerSecond, speedup, speedupPerCore, limitShare, activation, excessError, deviations } =
    subject;
  return [
    name,
    (wall.median / 1000).toFixed(2),
    (updatesPerSecond / 1e6).toFixed(1),
    speedup.median.toFixed(1),
    formatQuartiles(speedup, 1),
    speedupPerCore.median.toFixed(1),
    limitShare === undefined ? '' : `${(100 * limitShare).toFixed(0)} %`,
    withError(activation),
    withError(excessError),
    deviations ? `${deviations.activation.toFixed(1)}, ${deviations.excessError.toFixed(1)} σ` : '',
  ];
}

const withError = ([mean, error]: readonly [number, number]) => `${mean.toFixed(4)} ± ${error.toFixed(4)}`;
