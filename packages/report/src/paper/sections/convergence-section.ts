import { formatCount, formatNumber, formatProbability, plural } from '../../html/format.js';
import { label } from '../../html/label.js';
import { markup } from '../../html/markup.js';
import { renderTable } from '../../html/table.js';
import type { Section } from '../../sections/section.js';
import type { PaperFindings } from '../findings.js';
import type { ConvergenceRule } from '../study-results.js';

/** Which runs reached convergence, and by what rule. */
export function convergenceSection({ convergence }: PaperFindings, rule: ConvergenceRule): Section {
  const count = (value: number, runs: number) => `${formatCount(value)} of ${formatCount(runs)}`;
  return {
    id: 'convergence',
    title: 'Which runs converged',
    body: markup`<p>
        A run counts as converged where over its last ${plural(rule.epochs, 'epoch')} no layer’s mean of Pr[y&gt;0] ranged over more than
        ${formatNumber(rule.activation)}, or the epochs’ mean training losses over no more than ${formatNumber(rule.loss)} times that of the first epoch. A schedule that lets the
        learning rate go to 0 brings every run to rest: see the schedules above, and the losses, for what that is worth.
      </p>
      ${renderTable(
        {
          columns: [
            { label: 'runs', as: 'text' },
            { label: 'by Pr[y>0]', as: 'number' },
            { label: 'largest range, mean', as: 'number' },
            { label: 'by the loss', as: 'number' },
            { label: 'range of the loss, mean', as: 'number' },
            { label: 'converged', as: 'number' },
            { label: 'diverged', as: 'number' },
          ],
          rows: convergence.map((arm) => [
            label(arm.label, 80),
            count(arm.byActivation, arm.runs),
            formatProbability(arm.activationRange),
            count(arm.byLoss, arm.runs),
            formatProbability(arm.lossRange),
            count(arm.converged, arm.runs),
            formatCount(arm.diverged),
          ]),
        },
        'Convergence',
      )}`,
  };
}
