import Table from 'cli-table3';
import { TABLE_STYLE } from '../engine/format-sides.js';
import { formatMachine } from '../format-machine.js';
import { formatQuartiles } from '../stats.js';
import type { LiveReport } from './live-report.js';

/** A report for people. */
export function formatLiveReport({
  machine,
  settings,
  start,
  listed,
  answers,
  mebibytes,
  watched,
}: LiveReport): string {
  const { runs, sites, units, epochs, steps, rate } = settings;
  const table = new Table({ style: TABLE_STYLE, head: ['answer', 'KiB', 'first ms', 'quartiles', 'again ms'] });
  table.push(
    ...answers.map(({ name, kibibytes, first, again }) => [
      name,
      kibibytes.toFixed(1),
      first.median.toFixed(1),
      formatQuartiles(first, 1),
      again.median.toFixed(1),
    ]),
  );
  const memory = mebibytes
    ? `memory: ${mebibytes.listed.toFixed(0)} MiB with all runs listed, ${mebibytes.answered.toFixed(0)} after all answers, ` +
      `${mebibytes.watched.toFixed(0)} after watching, at most ${mebibytes.most.toFixed(0)}`
    : 'memory: this system does not tell';
  const cores = watched.cores === undefined ? 'unknown' : `${(100 * watched.cores).toFixed(1)} % of a core`;
  return [
    formatMachine(machine),
    `${runs} runs × ${sites} sites × ${units} units × ${epochs} epochs of ${steps} steps, usual probes`,
    `listens after ${start.toFixed(0)} ms; ${listed.toFixed(0)} ms later all runs have been read`,
    table.toString(),
    memory,
    `a run of ${rate} steps a second is watched: processor ${cores}; ${watched.events} events, each ` +
      `${watched.delay.median.toFixed(0)} ms (${formatQuartiles(watched.delay, 0)}) after its step`,
  ].join('\n');
}
