import { utilityChart } from '../charts/utility-chart.js';
import { renderFigure } from '../html/figure.js';
import type { RunRecord } from '../queries/run-record.js';
import { unitUtility } from '../queries/unit-utility.js';
import { note, type Section } from './section.js';

/** How much each unit contributes to what follows it. Nothing where the probe did not run. */
export function utilitySection(record: RunRecord, run: string): readonly Section[] {
  const utility = unitUtility(record);
  if (!utility) return [];
  const chart = utilityChart(utility);
  return [
    {
      id: `${run}.utility`,
      title: 'Utility',
      body: chart ? renderFigure(chart, `${run}.utilities`) : note('No unit has a utility above 0.'),
    },
  ];
}
