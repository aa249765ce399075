import Table from 'cli-table3';
import { TABLE_STYLE } from '../engine/format-sides.js';
import { formatMachine } from '../format-machine.js';
import type { Slope } from './least-squares-slope.js';
import { WARM_UP } from './soak-network.js';
import type { InputReport, NetworkSoak, SoakReport, Tail } from './soak-report.js';

/** A soak report for people. */
export function formatSoakReport({ machine, settings, engine, images, partial, networks }: SoakReport): string {
  const { batch, steps, sample } = settings;
  return [
    formatMachine(machine),
    `ONNX Runtime ${engine.version}, ${engine.device}`,
    ...(partial ? ['PARTIAL: interrupted. What follows was measured until then.'] : []),
    `${steps} training steps of ${batch} images (${images}, augmented) after ${WARM_UP} of warm-up; memory every ${sample} steps.`,
    ...networks.flatMap((network) => ['', ...formatNetwork(network)]),
  ].join('\n');
}

function formatNetwork(network: NetworkSoak): readonly string[] {
  const { architecture, steps, step, memory, eventLoop, input, unprefetchedInput, foreignShare } = network;
  const table = new Table({ style: TABLE_STYLE });
  table.push(
    ['step', `${formatTail(step)} ms`],
    ['waiting for input', formatInput(input)],
    ['without prefetch', unprefetchedInput ? formatInput(unprefetchedInput) : 'not measured'],
    [
      'event loop delay',
      eventLoop
        ? `${formatTail(eventLoop)}, max ${eventLoop.maximum.toFixed(1)} ms, the timer's ${eventLoop.resolution} ms included`
        : 'not measured',
    ],
    [
      'resident memory',
      `first ${memory.first.toFixed(1)}, last ${memory.last.toFixed(1)}, max ${memory.maximum.toFixed(1)} MiB`,
    ],
    ['memory growth', formatGrowth(memory.growth)],
    [
      'other programs',
      foreignShare === undefined ? 'not told by this system' : `${percent(foreignShare)} of the machine`,
    ],
  );
  return [`${architecture}, ${steps} steps`, table.toString()];
}

function formatTail({ median, p99 }: Tail): string {
  return `median ${median.toFixed(1)}, p99 ${p99.toFixed(1)}`;
}

function formatInput({ median, p99, share, steps }: InputReport): string {
  return `median ${median.toFixed(3)}, p99 ${p99.toFixed(3)} ms; ${percent(share)} of the time of ${steps} steps`;
}

function formatGrowth({ slope, standardError }: Slope): string {
  if (slope === undefined) return 'not measured: fewer than two samples';
  const error = standardError === undefined ? '' : ` ± ${standardError.toFixed(2)}`;
  return `${slope.toFixed(2)}${error} MiB per 1,000 steps`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
