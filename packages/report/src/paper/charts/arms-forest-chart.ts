import type { Chart } from '../../charts/chart.js';
import { formatProbability } from '../../html/format.js';
import { completedRuns, deadShare, finalSites, meanActivation, withoutSkip } from '../findings/final-sites.js';
import type { ArmOutcome } from '../findings.js';
import type { Arm } from '../study-results.js';
import { forestChart, type ForestOptions } from './forest-chart.js';

const MEASURES = {
  mean: {
    axis: 'mean Pr[y>0] over layers without a skip',
    value: (sites: ReturnType<typeof finalSites>) => meanActivation(withoutSkip(sites)),
  },
  dead: { axis: 'share of units', value: deadShare },
};

/**
 * How arms ended, an arm a row, with a dot for each run.
 * @param outcomes of the arms, in their order; one with a value at least
 */
export function armsForestChart(
  of: keyof typeof MEASURES,
  outcomes: readonly ArmOutcome[],
  arms: readonly Arm[],
  options: Pick<ForestOptions, 'title' | 'summary' | 'rows' | 'reference'>,
): Chart {
  const { axis, value } = MEASURES[of];
  const rows = outcomes.map((outcome, index) => ({
    label: outcome.label,
    value: outcome[of]?.mean ?? null,
    interval: outcome[of]?.interval ?? null,
    dots: completedRuns(arms[index]!).map((run) => value(finalSites(run))),
  }));
  const mark = 'mean over seeds, with its 95 % interval';
  return forestChart(rows, { ...options, axis, mark, dot: 'a run', format: formatProbability });
}
