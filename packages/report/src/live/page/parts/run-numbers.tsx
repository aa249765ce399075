import { formatCount, formatNumber, formatPercent, formatProbability } from '../../../html/format.js';
import type { RunListItem } from '../../api.js';

/** Where a run stands, in four numbers. */
export function RunNumbers({ run }: { readonly run: RunListItem }) {
  const numbers = [
    ['training loss', formatNumber(run.trainLoss)],
    ['test accuracy', formatPercent(run.testAccuracy)],
    ['mean Pr[y>0]', formatProbability(run.meanPr)],
    ['never fired', run.neverFired === null ? '–' : `${formatCount(run.neverFired)} of ${formatCount(run.units)}`],
  ];
  return (
    <dl class="numbers">
      {numbers.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
