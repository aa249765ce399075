import type { Chart } from '../../charts/chart.js';
import { relativeDepth, relativeDepthAxis } from '../../charts/relative-depth-axis.js';
import { yAxisStyle } from '../../charts/theme.js';
import { formatCount, formatProbability } from '../../html/format.js';
import { label } from '../../html/label.js';
import { completedRuns, finalSites } from '../findings/final-sites.js';
import { overSeeds, SHARES } from '../findings/over-seeds.js';
import { intervalCells } from '../told.js';
import type { Arm } from '../study-results.js';
import { curvesChart } from './curves-chart.js';

/** Pr[y>0] of every site at the end, from input to output. Arms have a completed run each; one at least. */
export function depthProfileChart(arms: readonly Arm[]): Chart {
  const profiles = arms.map((arm) => {
    const runs = completedRuns(arm).map(finalSites);
    const sites = runs[0]!.map(({ site }, index) => ({
      site,
      value: overSeeds(
        runs.map((run) => run[index]!.activation),
        SHARES,
      ),
    }));
    return { label: arm.label, sites };
  });
  const ends = profiles.map(({ label: name, sites }) => {
    return `${label(name, 80)} from ${formatProbability(sites[0]!.value.mean)} to ${formatProbability(sites.at(-1)!.value.mean)}`;
  });
  const curves = profiles.map(({ label: name, sites }) => ({
    label: name,
    points: sites.map(({ value }, index) => ({ x: relativeDepth(index, sites.length), value })),
  }));
  return curvesChart(curves, {
    title: 'Pr[y>0] of every layer at the end of training',
    summary: `First and last layer: ${ends.join('; ')}. Means over seeds; bands are their 95 % intervals, layer by layer. Dashed: one half.`,
    from: 0,
    to: 1,
    reference: 0.5,
    xAxis: relativeDepthAxis(),
    yAxis: { type: 'value', min: 0, max: 1, ...yAxisStyle('mean Pr[y>0]') },
    table: {
      columns: [
        { label: 'network', as: 'text' },
        { label: 'depth', as: 'number' },
        { label: 'site', as: 'text' },
        { label: 'skip', as: 'text' },
        { label: 'mean', as: 'number' },
        { label: 'lower', as: 'number' },
        { label: 'upper', as: 'number' },
      ],
      rows: profiles.flatMap(({ label: name, sites }) =>
        sites.map(({ site, value }) => [
          label(name, 80),
          formatCount(site.depth),
          label(site.name, 60),
          site.skip ? 'yes' : 'no',
          formatProbability(value.mean),
          ...intervalCells(value),
        ]),
      ),
    },
  });
}
