import type { RunsOverEpochs } from '../../../charts/runs-over-epochs-chart.js';
import { formatPercent, formatProbability, formatTick } from '../../../html/format.js';
import type { LayersOverEpochs, TrainingCurves } from '../../api.js';

type Points = readonly (readonly [epoch: number, value: number])[];

/** What is compared of a run; `null` or undefined where there is none (yet). */
export interface ComparedCurves {
  readonly name: string;
  readonly training: TrainingCurves | null | undefined;
  readonly layers: LayersOverEpochs | null | undefined;
}

/** Test accuracy of several runs; undefined where none was evaluated. */
export function accuracyComparison(runs: readonly ComparedCurves[]): RunsOverEpochs | undefined {
  return comparison({ title: 'Test accuracy', quantity: 'test accuracy', most: 1, ...PERCENT }, runs, ({ training }) =>
    (training?.rows ?? []).flatMap(({ epoch, testAccuracy }) =>
      testAccuracy == null || !Number.isFinite(testAccuracy) ? [] : [[epoch, testAccuracy] as const],
    ),
  );
}

/** Mean Pr[y>0] over all units of several runs; undefined where none was measured. */
export function activationComparison(runs: readonly ComparedCurves[]): RunsOverEpochs | undefined {
  return comparison({ title: 'Mean Pr[y>0]', quantity: 'mean Pr[y>0]', most: 1, ...PROBABILITY }, runs, ({ layers }) =>
    meanOverUnits(layers),
  );
}

/** Share of all units that never fired, of several runs; undefined where none was measured. */
export function neverFiredComparison(runs: readonly ComparedCurves[]): RunsOverEpochs | undefined {
  return comparison({ title: 'Units that never fired', quantity: 'share of units', ...PERCENT }, runs, ({ layers }) =>
    neverFiredShare(layers),
  );
}

/** A layer counts by its units. An epoch at which a layer was not measured is left out: it would be a mean of others. */
export function meanOverUnits(layers: LayersOverEpochs | null | undefined): Points {
  const activation = layers?.activation;
  if (!activation) return [];
  const units = activation.layers.reduce((sum, { site }) => sum + site.units, 0);
  return activation.epochs.flatMap((epoch, at) => {
    const sums = activation.layers.map(({ site, means }) => {
      const mean = means[at];
      return mean == null ? NaN : mean * site.units;
    });
    const mean = sums.reduce((sum, value) => sum + value, 0) / units;
    return Number.isFinite(mean) ? [[epoch, mean] as const] : [];
  });
}

/** An epoch at which a layer was not measured is left out. */
export function neverFiredShare(layers: LayersOverEpochs | null | undefined): Points {
  const neverFired = layers?.neverFired;
  if (!neverFired) return [];
  const units = neverFired.layers.reduce((sum, layer) => sum + layer.units, 0);
  return neverFired.epochs.flatMap((epoch, at) => {
    const counts = neverFired.layers.map(({ counts }) => counts[at] ?? NaN);
    const share = counts.reduce((sum, count) => sum + count, 0) / units;
    return Number.isFinite(share) ? [[epoch, share] as const] : [];
  });
}

const PROBABILITY = { format: formatProbability, formatTick };
const PERCENT = { format: formatPercent, formatTick: (share: number) => `${formatTick(100 * share)} %` };

function comparison(
  chart: Omit<RunsOverEpochs, 'runs'>,
  runs: readonly ComparedCurves[],
  pointsOf: (run: ComparedCurves) => Points,
): RunsOverEpochs | undefined {
  const lines = runs.map((run) => ({ name: run.name, points: pointsOf(run) }));
  return lines.some(({ points }) => points.length > 0) ? { ...chart, runs: lines } : undefined;
}
