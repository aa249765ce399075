import Table from 'cli-table3';
import type { Instant } from '../clock.js';
import { TABLE_STYLE } from '../engine/format-sides.js';
import { formatMachine } from '../format-machine.js';
import type { ReportBenchReport } from './report-bench-report.js';

/** A report for people. */
export function formatReportBench(report: ReportBenchReport): string {
  const { machine, settings, recordMebibytes, composing, formats, memoryBefore, memory } = report;
  const { sites, units, epochs, steps } = settings;
  const seconds = ({ wall, cpu }: Instant) => [wall, cpu].map((milliseconds) => (milliseconds / 1000).toFixed(2));
  const table = new Table({ style: TABLE_STYLE, head: ['what', 'seconds', 'cpu seconds', 'files', 'MiB'] });
  table.push(
    ['reading and composing', ...seconds(composing), '', ''],
    ...formats.map(({ name, duration, files, mebibytes }) => [
      name,
      ...seconds(duration),
      String(files),
      mebibytes.toFixed(2),
    ]),
  );
  return [
    formatMachine(machine),
    `${sites} sites × ${units} units × ${epochs} epochs of ${steps} steps, usual probes: ${recordMebibytes.toFixed(0)} MiB`,
    table.toString(),
    `largest memory of the process: ${memory.toFixed(0)} MiB (${memoryBefore.toFixed(0)} MiB while it recorded)`,
  ].join('\n');
}
