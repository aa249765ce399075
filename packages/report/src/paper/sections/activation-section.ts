import { formatCount } from '../../html/format.js';
import { renderFigure } from '../../html/figure.js';
import { label } from '../../html/label.js';
import { markup } from '../../html/markup.js';
import { renderTable, type Table } from '../../html/table.js';
import { note, type Section } from '../../sections/section.js';
import { depthProfileChart } from '../charts/depth-profile-chart.js';
import { completedRuns } from '../findings/final-sites.js';
import type { PaperFindings } from '../findings.js';
import type { Arm } from '../study-results.js';
import { estimateCell, signed, VERDICTS } from '../told.js';

/** F1 and F2, whose numbers are of the same networks. */
export function activationSection({ belowHalf, fallWithDepth }: PaperFindings, networks: readonly Arm[]): Section {
  const drawn = networks.filter((arm) => completedRuns(arm).length > 0);
  return {
    id: 'activation',
    title: 'F1 and F2: how much of each layer fires at the end',
    body:
      drawn.length === 0
        ? note('No network of this study has a completed run.')
        : markup`${renderFigure(depthProfileChart(drawn), 'by-depth')}
            <p>
              F1 holds where the interval of the mean over the layers without a skip connection lies below 0.5 and more than half of these layers do; it
              does not where that interval lies above 0.5, or that of the share of layers below does below one half.
            </p>
            ${renderTable(belowTable(belowHalf), 'F1 by network')}
            <p>
              F2 holds where the interval of Kendall’s τ of depth and Pr[y&gt;0], −1 where every layer fires less than all before it, lies below 0. The change is that from the
              first to the last layer along Theil and Sen’s line, of which each run has one.
            </p>
            ${renderTable(fallTable(fallWithDepth), 'F2 by network')}
            ${fallWithDepth.length === 0 && note('A trend takes three layers.')}`,
  };
}

function belowTable(all: PaperFindings['belowHalf']): Table {
  return {
    columns: [
      { label: 'network', as: 'text' },
      { label: 'mean Pr[y>0], no skip', as: 'text' },
      { label: 'layers below 0.5', as: 'number' },
      { label: 'share below', as: 'text' },
      { label: 'mean behind skips', as: 'text' },
      { label: 'runs', as: 'number' },
      { label: 'converged', as: 'number' },
      { label: 'verdict', as: 'text' },
    ],
    rows: all.map(({ network, mean, below, sites, share, behindSkips, converged, verdict }) => [
      label(network, 80),
      estimateCell(mean),
      `${formatCount(below)} of ${formatCount(sites)}`,
      estimateCell(share),
      estimateCell(behindSkips),
      formatCount(mean.runs),
      formatCount(converged),
      VERDICTS[verdict],
    ]),
  };
}

function fallTable(all: PaperFindings['fallWithDepth']): Table {
  return {
    columns: [
      { label: 'network', as: 'text' },
      { label: 'layers', as: 'text' },
      { label: 'number', as: 'number' },
      { label: 'τ', as: 'text' },
      { label: 'change of Pr[y>0]', as: 'text' },
      { label: 'runs', as: 'number' },
      { label: 'verdict', as: 'text' },
    ],
    rows: all.map(({ network, of, sites, tau, change, verdict }) => [
      label(network, 80),
      of === 'no skip' ? 'without a skip' : 'all',
      formatCount(sites),
      estimateCell(tau, signed),
      estimateCell(change, signed),
      formatCount(tau.runs),
      VERDICTS[verdict],
    ]),
  };
}
