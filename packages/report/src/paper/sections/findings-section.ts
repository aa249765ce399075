import { formatCount } from '../../html/format.js';
import { label } from '../../html/label.js';
import { markup } from '../../html/markup.js';
import { renderTable } from '../../html/table.js';
import { note, type Section } from '../../sections/section.js';
import { runTotals } from '../findings/convergence.js';
import type { PaperFindings } from '../findings.js';
import { VERDICTS } from '../told.js';

/** The table that a study ends in. */
export function findingsSection({ table, convergence }: PaperFindings): Section {
  const { runs, converged, diverged } = runTotals(convergence);
  return {
    id: 'findings',
    title: 'Findings',
    body: markup`${renderTable(
      {
        columns: [
          { label: 'finding', as: 'text' },
          { label: 'claim', as: 'text' },
          { label: 'where', as: 'text' },
          { label: 'verdict', as: 'text' },
          { label: 'result', as: 'text' },
        ],
        rows: table.map(({ id, claim, where, result, verdict }) => [
          id,
          claim,
          label(where, 80),
          VERDICTS[verdict],
          label(result, 600),
        ]),
      },
      'Findings',
    )}
    ${note(
      `Intervals are of 95 %: over seeds by Student’s t unless another is named. ${formatCount(converged)} of ${formatCount(runs)} runs counted below converged, `,
      `${formatCount(diverged)} diverged. The rule of each verdict stands at its finding.`,
    )}`,
  };
}
