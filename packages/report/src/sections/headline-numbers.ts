import { formatCount, formatEpoch, formatNumber, formatPercent, formatProbability, plural } from '../html/format.js';
import { markup, type Markup } from '../html/markup.js';
import type { RunReport } from '../run-report.js';
import { seriesName } from '../queries/measurements.js';

/** The numbers that a reader wants first, each with the number of images behind it. */
export function headlineNumbers(report: RunReport): Markup | undefined {
  const { final, activation, dead } = report;
  const before = (step: number | null) => beforeTheEnd(step, final.step);
  const numbers = [
    final.testAccuracy !== null && {
      name: 'Test accuracy',
      value: formatPercent(final.testAccuracy),
      detail: `${plural(final.testImages!, 'test image')}; loss ${formatNumber(final.testLoss)}${before(final.testStep)}`,
    },
    final.trainLoss !== null && {
      name: 'Training loss',
      value: formatNumber(final.trainLoss),
      detail:
        `mean of ${final.trainEpoch === final.epoch ? 'the last epoch' : `epoch ${formatCount(final.trainEpoch)}`}; ` +
        `accuracy ${formatPercent(final.trainAccuracy)}`,
    },
    activation && {
      name: 'Mean Pr[y>0]',
      value: formatProbability(activation.mean),
      detail:
        `over ${plural(activation.units, 'unit')}, N = ${plural(activation.images, 'image')} (${seriesName(activation.on)})` +
        before(activation.step),
    },
    dead && {
      name: 'Never fired',
      value: formatCount(dead.neverFired),
      detail:
        `of ${plural(dead.units, 'unit')}, N = ${plural(dead.images, 'image')} (${seriesName(dead.on)})` +
        (dead.neverFiredUpper === null
          ? ''
          : `; each fires on at most ${formatProbability(dead.neverFiredUpper)} of images` +
            (dead.confidence === null ? '' : `, ${formatNumber(100 * dead.confidence)}\u00a0% confidence`)) +
        before(dead.step),
    },
    dead && {
      name: 'Nearly dead',
      value: formatCount(dead.nearlyDead),
      detail:
        `${dead.epsilon === null ? '' : `Pr[y>0] < ${formatNumber(dead.epsilon)}, `}never fired included; ` +
        `N = ${plural(dead.images, 'image')}${before(dead.step)}`,
    },
    final.step > 0 && {
      name: 'Training',
      value: `${formatEpoch(final.epoch)} ${final.epoch === 1 ? 'epoch' : 'epochs'}`,
      detail: plural(final.step, 'optimizer step'),
    },
  ].filter((number) => number !== false && number !== null);
  if (numbers.length === 0) return undefined;
  return markup`<dl class="numbers">
    ${numbers.map(
      ({ name, value, detail }) =>
        markup`<div>
          <dt>${name}</dt>
          <dd>${value}<small>${detail}</small></dd>
        </div> `,
    )}
  </dl>`;
}

/** Of when a number is, where that is not the end: a run may end between measurements, and what diverges ends before one. */
function beforeTheEnd(step: number | null, end: number): string {
  if (step === null || step >= end) return '';
  return step === 0 ? '; before training' : `; after step ${formatCount(step)}`;
}
