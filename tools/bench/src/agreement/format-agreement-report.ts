import Table from 'cli-table3';
import { formatSides, TABLE_STYLE } from '../engine/format-sides.js';
import type { AgreementReport, NetworkAgreement, StateAgreement, StepAgreement } from './agreement-report.js';
import type { DifferenceSpread } from './array-kinds.js';

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
  return [
    `${architecture}, ${batch} images a step (${images})`,
    "own: PyTorch in its channels-last layout against PyTorch's default, from the same weights on the same images.",
    formatSteps(steps),
    'The state: relative L2 difference of arrays, median / largest.',
    formatStates(states),
    `Ours / PyTorch's own: ${states.map(formatRatio).join('; ')}. Median over arrays, 10th – 90th percentile.`,
  ];
}

function formatSteps(steps: readonly StepAgreement[]): string {
  const table = new Table({
    head: [
      ...['step', 'loss ours', 'PyTorch', 'relative', 'own', 'correct', 'own'],
      ...['fired flips', 'own', 'of fired', 'other counters', 'own', 'of'],
    ],
    style: TABLE_STYLE,
  });
  const shown = steps.filter(({ step }) => step === steps.length || /^[125]0*$/.test(String(step)));
  for (const { step, ours, pytorch, loss, correct, firedFlips, fired, largest, largestOf, yardstick } of shown) {
    table.push([
      ...[step, ours.toFixed(6), pytorch.toFixed(6), loss.toExponential(1), yardstick.loss.toExponential(1)],
      ...[correct, yardstick.correct, firedFlips, yardstick.firedFlips, fired],
      ...[largest.toExponential(1), yardstick.largest.toExponential(1), largestOf],
    ]);
  }
  return table.toString();
}

function formatStates(states: readonly StateAgreement[]): string {
  const table = new Table({
    head: ['arrays', ...states.flatMap((state) => [after(state), 'own'])],
    style: TABLE_STYLE,
  });
  for (const [row, { kind, arrays }] of states[0].kinds.entries()) {
    const spreads = states.flatMap(({ kinds }) => [kinds[row].ours, kinds[row].yardstick]);
    table.push([`${arrays} ${kind}`, ...spreads.map(formatSpread)]);
  }
  return table.toString();
}

function formatSpread({ median, largest }: DifferenceSpread): string {
  return [median, largest].map((value) => value.toExponential(1)).join(' / ');
}

function formatRatio(state: StateAgreement): string {
  if (!state.ratio) return `${after(state)} not to be told, as PyTorch's arrays are equal`;
  const { median, lowerDecile, upperDecile, unmatched } = state.ratio;
  const [middle, lower, upper] = [median, lowerDecile, upperDecile].map((value) => value.toPrecision(3));
  const without = unmatched === 0 ? '' : `, without ${unmatched} in which PyTorch's are equal`;
  return `${after(state)} ${middle} (${lower} – ${upper}${without})`;
}

function after({ step }: StateAgreement): string {
  return `after ${step} ${step === 1 ? 'step' : 'steps'}`;
}
