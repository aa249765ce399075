import Table from 'cli-table3';
import { formatSides, TABLE_STYLE } from '../engine/format-sides.js';
import type { AgreementReport, NetworkAgreement } from './agreement-report.js';
import type { ArrayDifference } from './differences.js';

/** An agreement report for people. */
export function formatAgreementReport(report: AgreementReport): string {
  return [
    ...formatSides(report),
    ...report.networks.flatMap((network) => ['', ...formatNetwork(network, report.images)]),
  ].join('\n');
}

function formatNetwork(
  { architecture, batch, steps, states }: NetworkAgreement,
  images: string | undefined,
): readonly string[] {
  const progress = new Table({
    head: ['step', 'loss ours', 'PyTorch', 'relative', 'correct', 'fired flips', 'of fired', 'other counters', 'of'],
    style: TABLE_STYLE,
  });
  const shown = steps.filter(({ step }) => step === steps.length || /^[125]0*$/.test(String(step)));
  for (const { step, ours, pytorch, loss, correct, firedFlips, fired, largest, largestOf } of shown) {
    const losses = [ours.toFixed(6), pytorch.toFixed(6), loss.toExponential(1)];
    progress.push([step, ...losses, correct, firedFlips, fired, largest.toExponential(1), largestOf]);
  }
  const weights = new Table({
    head: ['array', ...states.flatMap(({ step }) => [`after ${step} ${step === 1 ? 'step' : 'steps'}`, 'absolute'])],
    style: TABLE_STYLE,
  });
  for (const name of Object.keys(states[0].arrays)) {
    weights.push([name, ...states.flatMap(({ arrays }) => formatDifference(arrays[name]))]);
  }
  const title = `${architecture}, ${batch} images a step (${images})`;
  return [
    title,
    progress.toString(),
    'The state: relative L2 difference, and root mean square of the difference.',
    weights.toString(),
  ];
}

function formatDifference({ relative, absolute }: ArrayDifference): readonly string[] {
  return [relative, absolute].map((value) => value.toExponential(1));
}
