import { formatCount, formatPercent } from '../../html/format.js';
import { label } from '../../html/label.js';
import type { Table } from '../../html/table.js';
import type { ArmOutcome } from '../findings.js';
import { estimateCell, signed } from '../told.js';

/** How the runs of several arms ended, an arm a row. */
export function armsTable(
  groups: readonly { readonly label?: string; readonly arms: readonly ArmOutcome[] }[],
  first: string,
): Table {
  const grouped = groups.some((group) => group.label !== undefined);
  return {
    columns: [
      ...(grouped ? [{ label: 'setting', as: 'text' as const }] : []),
      { label: first, as: 'text' },
      { label: 'mean Pr[y>0], no skip', as: 'text' },
      { label: 'layers below 0.5', as: 'text' },
      { label: 'τ over depth', as: 'text' },
      { label: 'units that never fired', as: 'text' },
      { label: 'test accuracy', as: 'number' },
      { label: 'runs', as: 'number' },
      { label: 'converged', as: 'number' },
      { label: 'diverged', as: 'number' },
    ],
    rows: groups.flatMap((group) =>
      group.arms.map((arm) => [
        ...(grouped ? [label(group.label ?? '', 60)] : []),
        label(arm.label, 60),
        estimateCell(arm.mean),
        arm.below ? formatPercent(arm.below.mean) : '–',
        estimateCell(arm.tau, signed),
        estimateCell(arm.dead),
        formatPercent(arm.testAccuracy?.mean),
        formatCount(arm.runs),
        formatCount(arm.converged),
        formatCount(arm.diverged),
      ]),
    ),
  };
}
