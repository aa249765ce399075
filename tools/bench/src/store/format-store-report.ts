import Table from 'cli-table3';
import { TABLE_STYLE } from '../engine/format-sides.js';
import { formatLoad } from '../format-load.js';
import { formatMachine } from '../format-machine.js';
import { formatQuartiles } from '../stats.js';
import type { StoreReport } from './store-report.js';

/** A report for people. */
export function formatStoreReport(report: StoreReport): string {
  const { machine, settings, mebibytes, recording, subjects } = report;
  const { sites, units, epochs, steps, rounds } = settings;
  const table = new Table({ style: TABLE_STYLE, head: ['reading', 'items', 'ms', 'quartiles', 'cpu ms'] });
  table.push(
    ...subjects.map(({ name, items, wall, cpu }) => [
      name,
      items.toLocaleString('en'),
      wall.median.toFixed(0),
      formatQuartiles(wall, 0),
      cpu.median.toFixed(0),
    ]),
  );
  return [
    formatMachine(machine),
    `${sites} sites × ${units} units × ${epochs} epochs of ${steps} steps, usual probes: ${mebibytes.toFixed(0)} MiB`,
    `recording an epoch: median ${recording.wall.median.toFixed(0)} ms, cpu ${recording.cpu.median.toFixed(0)} ms`,
    `medians of ${rounds} rounds, while the last epoch is being written`,
    table.toString(),
    formatLoad(report),
  ].join('\n');
}
